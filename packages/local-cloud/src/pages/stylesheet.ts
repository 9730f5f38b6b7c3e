/** Every text colour has a contrast of at least 4.5 to 1 on its background (WCAG 2.2, 1.4.3). */
const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #f5f4f1; --sheet: #ffffff; --ink: #1d1c1a; --soft: #5d5a54; --line: #dcd9d2;
  --edge: #8b877e; --accent: #1f5f5b; --on-accent: #ffffff; --wash: #eaf2f0;
  --bad: #9b2218; --bad-wash: #fcefed;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #141413; --sheet: #1d1d1b; --ink: #ecebe7; --soft: #aba89f; --line: #373631;
    --edge: #7d7a72; --accent: #84cbc3; --on-accent: #0d1f1d; --wash: #1b2c2a;
    --bad: #ffb4a8; --bad-wash: #381a16;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; min-height: 100dvh; display: flex; flex-direction: column;
  align-items: center; padding: 0 1rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere;
}
.masthead { width: 100%; max-width: 42rem; padding: 1.5rem 0; text-align: center; }
.wordmark { color: var(--ink); font-weight: 650; letter-spacing: -0.01em; text-decoration: none; }
.wordmark span { color: var(--soft); font-weight: 400; }
.sheet {
  width: 100%; max-width: 26rem; margin: auto 0; padding: 2rem; background: var(--sheet);
  border: 1px solid var(--line); border-radius: 0.9rem;
}
.wide { max-width: 42rem; margin: 0; }
.colophon {
  margin-top: auto; padding: 1.5rem 0; color: var(--soft); font-size: 0.875rem;
  text-align: center; text-wrap: balance;
}
h1 { margin: 0; text-wrap: balance; font-size: 1.6rem; line-height: 1.25; letter-spacing: -0.02em; }
h2 { margin: 0 0 0.5rem; font-size: 1rem; }
h3 { margin: 0; font-size: 1rem; }
p { margin: 0 0 0.75rem; text-wrap: pretty; }
.sheet > :last-child, section > :last-child { margin-bottom: 0; }
.lead { margin: 0.35rem 0 1.5rem; color: var(--soft); }
.lead strong { color: var(--ink); }
.aside { margin: 0.6rem 0 0; color: var(--soft); font-size: 0.9rem; }
section { margin-top: 1.75rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
a { color: var(--accent); text-underline-offset: 0.2em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
code { font: 0.925em/1.6 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
pre {
  margin: 0; padding: 0.8rem 1rem; border-radius: 0.5rem; background: var(--paper);
  border: 1px solid var(--line); white-space: pre-wrap;
}
ul { margin: 0; padding: 0; list-style: none; }
nav h2 { color: var(--soft); font-size: 0.875rem; font-weight: 500; }
.choices, .accounts { display: grid; grid-template-columns: 1fr 1fr; gap: 0.75rem; }
.choices a {
  display: block; height: 100%; padding: 0.65rem 0.8rem; border: 1px solid var(--edge);
  border-radius: 0.6rem; color: var(--ink); font-size: 0.925rem; line-height: 1.4;
  text-decoration: none;
}
.choices a:hover { background: var(--wash); }
.choices a[aria-current] {
  background: var(--wash); border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent);
}
.choices strong, .choices span { display: block; }
.choices span { color: var(--soft); font-size: 0.825rem; }
.problem p {
  margin: 1.25rem 0 0; padding: 0.7rem 0.9rem; border-left: 4px solid var(--bad);
  border-radius: 0.3rem; background: var(--bad-wash); color: var(--bad);
}
.notice {
  margin-top: 1.25rem; padding: 1rem 1.1rem; border: 0; border-left: 4px solid var(--accent);
  border-radius: 0.3rem; background: var(--wash);
}
.notice label { margin-top: 0; }
.notice .key + p { margin-top: 1rem; }
label, legend { display: block; margin: 1.1rem 0 0.3rem; font-size: 0.925rem; font-weight: 550; }
input, select, textarea {
  width: 100%; min-height: 2.75rem; padding: 0.5rem 0.75rem; border: 1px solid var(--edge);
  border-radius: 0.5rem; background: var(--sheet); color: var(--ink); font: inherit;
}
textarea.key {
  display: block; min-height: 0; height: 2.75rem; resize: none; overflow: hidden;
  font: 0.925em/1.6 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace;
}
fieldset { min-width: 0; margin: 1.1rem 0 0; padding: 0; border: 0; }
legend { margin: 0 0 0.2rem; padding: 0; }
.check {
  display: flex; gap: 0.6rem; align-items: center; margin: 0; padding: 0.3rem 0; font-weight: 400;
}
.check input {
  flex: none; width: 1.15rem; height: 1.15rem; min-height: 0; margin: 0; accent-color: var(--accent);
}
.unseen {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap;
}
input[aria-invalid] { border-color: var(--bad); }
button {
  width: 100%; min-height: 2.75rem; margin-top: 1.5rem; padding: 0.5rem 1.1rem; cursor: pointer;
  border: 1px solid var(--accent); border-radius: 0.5rem; background: var(--accent);
  color: var(--on-accent); font: inherit; font-weight: 600;
}
button:hover { filter: brightness(1.08); }
button.quiet { width: auto; margin: 0; background: transparent; color: var(--accent); }
.answers { display: grid; grid-template-columns: 1fr 1fr; gap: 0.75rem; margin-top: 1.5rem; }
.answers button { width: 100%; margin: 0; }
.session { display: flex; flex-wrap: wrap; gap: 0.75rem 1rem; align-items: center; }
.session p { flex: 1 1 14rem; margin: 0; }
.accounts li { padding: 0.9rem 1rem; border: 1px solid var(--line); border-radius: 0.6rem; }
.accounts form { margin-top: 0.9rem; }
.badge { margin: 0 0 0.6rem; color: var(--soft); font-size: 0.875rem; }
dl {
  display: grid; grid-template-columns: auto 1fr; gap: 0.15rem 0.75rem; align-items: baseline;
  margin: 0; font-size: 0.925rem;
}
h3 + dl { margin-top: 0.4rem; }
dt { color: var(--soft); font-size: 0.825rem; }
dd { margin: 0; }
.links li { margin-bottom: 0.35rem; color: var(--soft); }
@media (max-width: 34rem) {
  .sheet { padding: 1.35rem 1.1rem; }
  .wide .accounts { grid-template-columns: 1fr; }
  .accounts li { padding: 0.8rem; }
  textarea.key { height: 4.2rem; }
  dl { column-gap: 0.5rem; font-size: 0.875rem; }
}
@media (max-width: 23rem) { .choices { grid-template-columns: 1fr; gap: 0.5rem; } }
@media (forced-colors: active) { .choices a[aria-current] { outline: 2px solid; } }
`

/** `GET /style.css`: the only stylesheet; light or dark like the reader's system. */
export function stylesheet(): Response {
  const headers = {'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-store'}
  return new Response(STYLE, {headers})
}
