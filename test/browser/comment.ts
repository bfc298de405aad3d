// A comment as GitHub shows it, near enough to see whether it can be read: its markdown, its widths, its colours.
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

const style = `
  * { box-sizing: border-box; }
  body { margin: 0; padding: 12px; background: #fff; color: #1f2328;
    font: 14px/1.5 "DejaVu Sans", sans-serif; overflow-wrap: break-word; }
  article { max-width: 880px; margin: 0 auto; border: 1px solid #d1d9e0; border-radius: 6px; }
  header { padding: 8px 16px; background: #f6f8fa; color: #59636e; border-bottom: 1px solid #d1d9e0;
    border-radius: 6px 6px 0 0; }
  header b { color: #1f2328; }
  section { padding: 16px; }
  section > :first-child { margin-top: 0; }
  section > :last-child { margin-bottom: 0; }
  h1, h2, h3, h4 { margin: 20px 0 12px; line-height: 1.25; }
  h3 { font-size: 18px; } h4 { font-size: 15px; }
  p, ul, table, pre, details, blockquote { margin: 0 0 12px; }
  ul { padding-left: 24px; }
  table { display: block; width: max-content; max-width: 100%; overflow-x: auto; border-collapse: collapse; }
  th, td { padding: 5px 12px; border: 1px solid #d1d9e0; }
  tr:nth-child(2n) td { background: #f6f8fa; }
  code { padding: 2px 5px; font: 12px "DejaVu Sans Mono", monospace; background: #818b981f; border-radius: 6px;
    white-space: break-spaces; }
  pre { padding: 12px; overflow-x: auto; background: #f6f8fa; border-radius: 6px; }
  pre code { padding: 0; background: none; white-space: pre; }
  summary { cursor: pointer; }
  blockquote { padding: 0 12px; color: #59636e; border-left: 4px solid #d1d9e0; }
  del { color: #b3261e; } ins { color: #1a7f37; }
`;

/** A page with one comment. */
export function commentPage(markdown: string): string {
  const body = micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  return `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><style>${style}</style>
<article><header><b>github-actions</b> bot</header><section>${body}</section></article>`;
}
