import Ajv, {type ValidateFunction} from 'ajv'
import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {projectRoot} from './cli-environment.js'

const FOLDER = join(projectRoot, 'docs', 'schemas')
const ENDING = '.schema.json'

type Json = Record<string, unknown>

/** The shapes of `--json` in docs/schemas, by name; `common` contains shared parts. */
export function schemaNames(): string[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith(ENDING))
  return files.map((file) => file.slice(0, -ENDING.length)).filter((name) => name !== 'common')
}

/**
 * Validates a value against a shape, and rejects members that its schema does not name: what
 * scripts may get, the docs have to describe.
 */
export function shapeOf(name: string): (value: unknown) => void {
  const ajv = new Ajv({allErrors: true})
  ajv.addSchema(closed(read('common')))
  const validate: ValidateFunction = ajv.compile(closed(read(name)))
  return (value) => {
    if (validate(value) !== true)
      throw new Error(`${name}: ${flaws(validate)}\n${JSON.stringify(value)}`)
  }
}

/** Each with its path, and the member it is about. */
function flaws({errors}: ValidateFunction): string {
  const all = errors ?? []
  return all
    .map(({dataPath, message = '', params}) => `${dataPath} ${message} ${JSON.stringify(params)}`)
    .join('\n')
}

function read(name: string): Json {
  return JSON.parse(readFileSync(join(FOLDER, `${name}${ENDING}`), 'utf8')) as Json
}

/** Every object has exactly the named members, unless its schema says otherwise. */
function closed<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map((each: unknown) => closed(each)) as T
  if (typeof schema !== 'object' || schema === null) return schema
  const members = Object.fromEntries(
    Object.entries(schema).map(([key, each]) => [key, closed(each)]),
  )
  const isObject = members.type === 'object' && 'properties' in members
  return {...(isObject && {additionalProperties: false}), ...members} as T
}
