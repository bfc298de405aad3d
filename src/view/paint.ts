import { styleText } from "node:util";

/** What a text is painted as; `gone` is what a word diff takes out. */
export type Colour =
  | "green"
  | "yellow"
  | "cyan"
  | "red"
  | "magenta"
  | "blue"
  | "gray"
  | "bold"
  | "dim"
  | "gone";

/** Colours a text, or leaves it as it is. */
export type Paint = (colour: Colour, text: string) => string;

/** How a view is rendered: whether colours are wanted, how many columns there are, and whether all is shown. */
export interface Style {
  readonly colour: boolean;
  readonly width: number;
  /** Everything, also where many are alike. */
  readonly verbose?: boolean;
}

/** A painter that colours always or never: whether to is the caller's to know. */
export function painter(colour: boolean): Paint {
  if (!colour) return (_name, text) => text;
  return (name, text) =>
    text === ""
      ? ""
      : styleText(name === "gone" ? ["red", "strikethrough"] : name, text, { validateStream: false });
}
