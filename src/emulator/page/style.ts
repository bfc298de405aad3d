/** Looks of the page: one column, tables that scroll by themselves, light and dark. */
export const STYLE = `:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 72rem; padding: 1rem; }
header { border-bottom: 1px solid #8886; padding-bottom: .5rem; }
h1 { font-size: 1.3rem; margin: 0 0 .25rem; }
h2 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
small { color: #888; font-weight: normal; }
p { margin: .4rem 0; }
time, td { font-variant-numeric: tabular-nums; }
#now { font-size: 1.1rem; font-weight: 600; }
#trouble { color: #c22; }
#trouble:empty { display: none; }
button, input { font: inherit; padding: .2rem .6rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; min-width: 100%; }
th, td { border-bottom: 1px solid #8883; padding: .25rem .75rem .25rem 0; text-align: left; vertical-align: top; }
td { white-space: nowrap; max-width: 24rem; overflow: hidden; text-overflow: ellipsis; }
.closed, .expired, .not_published { color: #888; }
.active, .ok { color: #080; }
.wrong { color: #c22; }
@media (prefers-color-scheme: dark) { .active, .ok { color: #6c6; } .wrong, #trouble { color: #f77; } }
`;
