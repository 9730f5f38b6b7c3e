// As TypeScript writes them: `const config_1 = require("./config")`, `exports.Args = __importStar(…)`.
const IMPORT = /^(?:const|var) (\w+_\d+|[A-Z]\w*) = (.*\brequire\(.*\));$/gm
const EXPORT = /^exports\.(\w+) = (__importStar\(require\(.*\)\));$/gm

/**
 * Lets a module load others when it uses them, not when it is loaded: a command uses few.
 *
 * @param {string} text - CommonJS, made by TypeScript
 * @returns {string}
 * @throws {Error} when a module is used otherwise than as `config_1.Config`
 */
export function withLazyRequires(text) {
  const names = []
  const lazy = text
    .replace(EXPORT, 'Object.defineProperty(exports, "$1", { enumerable: true, get: () => $2 });')
    .replace(IMPORT, (_, name, load) => {
      names.push(name)
      return `let $${name}; const ${name} = () => $${name} ??= ${load};`
    })
  return names.reduce((result, name) => withCalls(result, name), lazy)
}

function withCalls(text, name) {
  const use = new RegExp(`(?<![\\w$]|(?<!\\.\\.)\\.)${name}(?=[.)])`, 'g')
  const called = text.replaceAll(use, `(${name}())`)
  const others = called.replaceAll(`const ${name} = () =>`, '').replaceAll(`(${name}())`, '')
  if (new RegExp(`(?<![\\w$]|(?<!\\.\\.)\\.)${name}\\b`).test(others))
    throw new Error(`${name} is used oddly.`)
  return called
}
