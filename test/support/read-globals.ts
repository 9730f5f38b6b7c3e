import ts from 'typescript'

const TIMERS = ['setTimeout', 'setInterval', 'setImmediate']
const WORLD = new Set(['process', 'fetch', 'crypto', 'performance', 'console', ...TIMERS])
const MEMBERS = new Set(['Date.now', 'Math.random'])

/** What a file uses of the outside world without importing it: `process.env`, `Date.now`, … */
export function readGlobals(tree: ts.SourceFile): string[] {
  const used = new Set<string>()
  const declared = new Set<string>()
  const visit = (node: ts.Node): void => {
    const name = globalAt(node)
    if (name !== undefined) used.add(name)
    if (ts.isIdentifier(node) && declares(node.parent, node)) declared.add(node.text)
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return [...used].filter((name) => !declared.has(name.split('.')[0] ?? name))
}

function globalAt(node: ts.Node): string | undefined {
  if (ts.isNewExpression(node) && isNamed(node.expression, 'Date') && !node.arguments?.length) {
    return 'new Date()'
  }
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
    const member = `${node.expression.text}.${node.name.text}`
    if (MEMBERS.has(member)) return member
  }
  if (!ts.isIdentifier(node) || !WORLD.has(node.text) || !isUse(node)) return undefined
  return node.text === 'process' ? useOfProcess(node) : node.text
}

/** `process` in any other form than `process.something` may be on its way to the environment. */
function useOfProcess(node: ts.Identifier): string {
  const {parent} = node
  const plain = ts.isPropertyAccessExpression(parent) && parent.expression === node
  return `process.${plain ? parent.name.text : 'env'}`
}

/** False where the name is that of a member or of a type. */
function isUse(node: ts.Identifier): boolean {
  const {parent} = node
  if (ts.isPropertyAccessExpression(parent)) {
    return parent.expression === node || isNamed(parent.expression, 'globalThis')
  }
  if (ts.isShorthandPropertyAssignment(parent)) return true
  if (ts.isQualifiedName(parent) || ts.isTypeNode(parent)) return false
  const isNameOf = 'name' in parent && parent.name === node
  const isPropertyOf = 'propertyName' in parent && parent.propertyName === node
  return !isNameOf && !isPropertyOf
}

/** An argument or a variable of one's own may be called `fetch`: then it was handed over. */
function declares(parent: ts.Node, node: ts.Identifier): boolean {
  const declaration =
    ts.isParameter(parent) ||
    ts.isVariableDeclaration(parent) ||
    ts.isBindingElement(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isImportSpecifier(parent)
  return declaration && parent.name === node
}

function isNamed(node: ts.Node, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name
}
