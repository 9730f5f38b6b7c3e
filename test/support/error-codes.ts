import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import ts from 'typescript'
import {ExitCode} from '@mogplex/plugin-kit/errors'
import {projectRoot} from './cli-environment.js'

interface ErrorClass {
  readonly base: string | undefined
  readonly code: string | undefined
  readonly exitCode: string | undefined
}

const FOLDERS = ['src', 'packages/plugin-kit/src', ...plugins()]

/** The error codes that our sources define, each with its exit code, as `USAGE 2`. */
export function errorCodes(): Set<string> {
  const classes = new Map<string, ErrorClass>()
  const given: [code: string, by: string][] = []
  for (const file of FOLDERS.flatMap(filesBelow)) {
    const source = ts.createSourceFile(
      file,
      readFileSync(file, 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    )
    const visit = (node: ts.Node): void => {
      if (ts.isClassDeclaration(node) && node.name) classes.set(node.name.text, classOf(node))
      // Some errors get their code as an argument: `new LoginFailedError(message, remedy,
      // 'LOGIN_TIMED_OUT')`.
      if (ts.isNewExpression(node)) {
        const [, , code] = node.arguments ?? []
        if (code !== undefined && ts.isStringLiteral(code) && /^[A-Z_]{4,}$/.test(code.text))
          given.push([code.text, node.expression.getText()])
      }
      ts.forEachChild(node, visit)
    }
    visit(source)
  }
  const own = [...classes].flatMap(([name, {code}]) =>
    code === undefined ? [] : [[code, name] as const],
  )
  const found = [...own, ...given].flatMap(([code, name]) => {
    const exitCode = exitCodeOf(name, classes)
    return exitCode === undefined ? [] : [`${code} ${exitCode}`]
  })
  return new Set(found)
}

function plugins(): string[] {
  return readdirSync(join(projectRoot, 'plugins')).map((name) => `plugins/${name}/src`)
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(join(projectRoot, folder), {recursive: true, encoding: 'utf8'})
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(projectRoot, folder, name))
  } catch {
    return [] // a plugin with only data
  }
}

function classOf(node: ts.ClassDeclaration): ErrorClass {
  const initial = (name: string): ts.Expression | undefined => {
    const member = node.members.find((each) => each.name?.getText() === name)
    return member && ts.isPropertyDeclaration(member) ? member.initializer : undefined
  }
  const code = initial('code') ?? parameterOf(node, 'code')
  return {
    base: node.heritageClauses?.[0]?.types[0]?.expression.getText(),
    code: code && ts.isStringLiteral(code) ? code.text : undefined,
    exitCode: initial('exitCode')?.getText(),
  }
}

/** The default code: the default of a parameter. */
function parameterOf(node: ts.ClassDeclaration, name: string): ts.Expression | undefined {
  const parameters = node.members.find(ts.isConstructorDeclaration)?.parameters ?? []
  return parameters.find((each) => each.name.getText() === name)?.initializer
}

/** From the class itself, or the nearest base class. */
function exitCodeOf(name: string, classes: ReadonlyMap<string, ErrorClass>): number | undefined {
  const found = classes.get(name)
  if (found === undefined) return undefined
  if (found.exitCode === undefined)
    return found.base === undefined ? undefined : exitCodeOf(found.base, classes)
  const [, word = ''] = /^ExitCode\.(\w+)$/.exec(found.exitCode) ?? []
  return Object.entries(ExitCode).find(([key]) => key === word)?.[1]
}
