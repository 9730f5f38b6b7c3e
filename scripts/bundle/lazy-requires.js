import ts from 'typescript'

// TypeScript's output: `const config_1 = require("./config")`, `exports.Args = __importStar(…)`.
const IMPORT = /^(?:const|var) (\w+_\d+|[A-Z]\w*) = (.*\brequire\(.*\));$/gm
const EXPORT = /^exports\.(\w+) = (__importStar\(require\(.*\)\));$/gm
/** esbuild turns it into a call that loads a module once: no cache is needed beside it. */
const PLAIN = /^require\("[^"]+"\)$/

/**
 * Makes a module load others when it uses them, not when it is loaded: a command uses few.
 *
 * @param {string} text - CommonJS, compiled by TypeScript
 * @param {boolean} [isBusy] - it uses others for every byte of a text: it keeps them, which makes a start
 *   slower
 * @returns {string}
 * @throws {Error} when a module is used otherwise than as `config_1.Config`, or `require` is a variable
 */
export function withLazyRequires(text, isBusy = false) {
  if (bindsRequire(text)) throw new Error('A variable has the name of `require`.')
  const uses = []
  const lazy = text
    .replace(EXPORT, 'Object.defineProperty(exports, "$1", { enumerable: true, get: () => $2 });')
    .replace(IMPORT, (_, name, load) => {
      const isPlain = !isBusy && PLAIN.test(load)
      uses.push([name, isPlain ? load : `${name}()`])
      return isPlain ? '' : `let $${name}; const ${name} = () => $${name} ??= ${load};`
    })
  return uses.reduce((result, [name, use]) => withUses(result, name, use), lazy)
}

function withUses(text, name, use) {
  const place = new RegExp(`(?<![\\w$]|(?<!\\.\\.)\\.)${name}(?=[.)])`, 'g')
  const used = text.replaceAll(place, () => `(${use})`)
  const others = used.replaceAll(`const ${name} = () =>`, '').replaceAll(`(${name}())`, '')
  if (new RegExp(`(?<![\\w$]|(?<!\\.\\.)\\.)${name}\\b`).test(others))
    throw new Error(`${name} is used oddly.`)
  return used
}

/** Whether a variable, a parameter or a function hides Node's `require`. */
function bindsRequire(text) {
  if (!/\brequire\b(?!\()/.test(text)) return false
  const kinds = ['VariableDeclaration', 'Parameter', 'BindingElement', 'FunctionDeclaration']
  const binds = (node) =>
    (kinds.some((kind) => node.kind === ts.SyntaxKind[kind]) && node.name?.text === 'require') ||
    ts.forEachChild(node, binds) === true
  return binds(ts.createSourceFile('module.js', text, ts.ScriptTarget.ES2022))
}
