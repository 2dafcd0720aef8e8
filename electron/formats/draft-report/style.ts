import { MONO, SANS, SERIF } from '../report/style.ts';

/** The styles of a draft’s report: always light, since it is meant for paper, and readable in black and white. */
export const STYLE = `
:root { color-scheme: light; --ink: #1a1c1f; --soft: #55585e; --rule: #d5d5d0; --edge: #a9a9a3; --bad: #9b2a20; --ok: #22673f; }
@page { margin: 22mm 20mm 20mm;
  @top-left { font: 8.5pt/1.3 ${SANS}; color: #55585e; vertical-align: bottom; padding-bottom: 5mm; }
  @top-right { font: 8.5pt/1.3 ${SANS}; color: #55585e; vertical-align: bottom; padding-bottom: 5mm; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 8.5pt/1 ${SANS}; color: #55585e; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-inline-size: 54rem; padding: 2.5rem 3rem 4rem; color: var(--ink); background: #fff;
  font: 0.875rem/1.45 ${SANS}; overflow-wrap: anywhere; line-break: strict; }
h1, h2 { font-weight: 600; margin: 0; text-wrap: balance; }
h1 { font-size: 1.4rem; line-height: 1.3; padding-block: 0.75rem 0.25rem; }
h2 { display: flex; gap: 0.5rem; align-items: baseline; font-size: 1rem; margin-block-start: 1.5rem; padding-block-end: 0.35rem; border-block-end: 1.5px solid var(--ink); }
h2 .n { margin-inline-start: auto; font-weight: 400; color: var(--soft); font-variant-numeric: tabular-nums; }
p { margin: 0; }
.top { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; font-size: 0.8125rem; color: var(--soft); }
.about { color: var(--soft); }
code, .soft code { font: 0.75rem/1.4 ${MONO}; word-break: break-all; }
.totals { display: grid; grid-template-columns: repeat(4, 1fr); margin: 1rem 0 0; padding: 0; list-style: none; border: 1px solid var(--edge); }
.totals li { padding: 0.5rem 0.75rem; } .totals li + li { border-inline-start: 1px solid var(--edge); }
.totals b { display: block; font-size: 1.5rem; line-height: 1.15; font-weight: 600; font-variant-numeric: tabular-nums; }
.totals span, .soft, .why { color: var(--soft); } .totals span { display: block; font-size: 0.8125rem; }
.refused { margin-block-start: 1rem; padding: 0.5rem 0.75rem; border: 1px solid var(--bad); border-inline-start-width: 3px; }
.refused p { font-weight: 600; color: var(--bad); } .refused ul { margin: 0.25rem 0 0; padding-inline-start: 1.1rem; }
.rows { margin: 0; padding: 0; list-style: none; }
.row, .gone { display: grid; grid-template-columns: 3rem minmax(0, 1fr) 12rem; gap: 0.1rem 0.75rem; padding-block: 0.45rem; border-block-end: 1px solid var(--rule); }
.no { font: 500 0.75rem/1.3rem ${MONO}; color: var(--soft); }
.why { grid-column: 2; font-size: 0.8125rem; } .why + .why { margin-block-start: 0.1rem; }
.state { font-size: 0.8125rem; color: var(--soft); } .fails .state { color: var(--bad); font-weight: 600; }
.sentence { grid-column: 2; white-space: pre-line; }
.quoted { font-family: ${SERIF}; } .wrong { font-family: ${SERIF}; font-weight: 700; text-decoration: underline; text-underline-offset: 0.2em; }
.under { grid-column: 1 / -1; font-size: 0.8125rem; font-weight: 600; color: var(--soft); padding-block: 0.6rem 0.2rem; }
.sign { display: inline-grid; place-items: center; inline-size: 1.125rem; block-size: 1.125rem; border: 1.5px solid currentColor; border-radius: 50%; font: 600 0.8125rem/1 ${MONO}; align-self: center; print-color-adjust: exact; }
.sign.fails { border-radius: 0; background: var(--bad); border-color: var(--bad); color: #fff; }
.sign.open, .sign.nothing { border-style: dotted; color: var(--soft); } .sign.stands { color: var(--ok); }
.none, .limits { color: var(--soft); font-size: 0.8125rem; } .none { padding-block: 0.45rem; }
.limits { margin-block-start: 1.75rem; border-block-start: 1px solid var(--rule); padding-block-start: 0.6rem; }
@media (max-width: 44rem) { body { padding-inline: 1rem; } .row, .gone { grid-template-columns: 2rem minmax(0, 1fr); } .state { grid-column: 2; grid-row: 2; } .totals { grid-template-columns: 1fr 1fr; } .totals li:nth-child(3) { border-inline-start: 0; } }
@media print { body { max-inline-size: none; padding: 0; font-size: 9.5pt; } .row, .gone, .totals, .refused, .limits { break-inside: avoid; } h2, .under { break-after: avoid; } .row, .gone { grid-template-columns: 2.5rem minmax(0, 1fr) 9.5rem; } .sentence, .why { orphans: 2; widows: 2; } }
`;
