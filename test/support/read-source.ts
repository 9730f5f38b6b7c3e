import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import ts from 'typescript'
import {readGlobals} from './read-globals.js'
import {COMPUTED} from './source-file.js'
import type {Import, SourceFile} from './source-file.js'

/** Reads what a TypeScript file imports, and what it uses of the world without importing it. */
export function readSource(root: string, file: string): SourceFile {
  return parseSource(file, readFileSync(join(root, file), 'utf8'))
}

export function parseSource(file: string, text: string): SourceFile {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true)
  const imports: Import[] = []
  const visit = (node: ts.Node): void => {
    const imported = readImport(node)
    if (imported) imports.push(imported)
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return {file, imports, globals: readGlobals(tree)}
}

function readImport(node: ts.Node): Import | undefined {
  if (ts.isImportDeclaration(node)) {
    const clause = node.importClause
    const named = clause?.name ? undefined : clause?.namedBindings
    return {
      specifier: textOf(node.moduleSpecifier),
      // `import {type A}` is not meant: with verbatimModuleSyntax the file is still loaded.
      typeOnly: clause?.phaseModifier === ts.SyntaxKind.TypeKeyword,
      ...namesOf(named && ts.isNamedImports(named) ? named : undefined),
    }
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
    const named = node.exportClause
    return {
      specifier: textOf(node.moduleSpecifier),
      typeOnly: node.isTypeOnly,
      ...namesOf(named && ts.isNamedExports(named) ? named : undefined),
    }
  }
  if (ts.isImportTypeNode(node)) {
    const address = ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined
    return {specifier: textOf(address), typeOnly: true}
  }
  if (ts.isExternalModuleReference(node)) {
    return {specifier: textOf(node.expression), typeOnly: false}
  }
  if (ts.isCallExpression(node) && loads(node.expression)) {
    return {specifier: textOf(node.arguments[0]), typeOnly: false}
  }
  return undefined
}

function loads(callee: ts.Expression): boolean {
  const isRequire = ts.isIdentifier(callee) && callee.text === 'require'
  return isRequire || callee.kind === ts.SyntaxKind.ImportKeyword
}

function textOf(node: ts.Node | undefined): string {
  return node && ts.isStringLiteralLike(node) ? node.text : COMPUTED
}

function namesOf(named: ts.NamedImports | ts.NamedExports | undefined): Pick<Import, 'names'> {
  if (!named) return {}
  return {names: [...named.elements].map(({name, propertyName}) => (propertyName ?? name).text)}
}
