import {accessSync, constants, statSync} from 'node:fs'
import {delimiter, isAbsolute, join} from 'node:path'
import {type Environment, valueOf} from '../domain/settings/environment.js'

/** Whether a program of this name can be started: in a folder of `PATH`, or by its path. */
export function isProgram(name: string, env: Environment): boolean {
  if (name === '') return false
  if (isAbsolute(name) || /[\\/]/.test(name)) return isExecutable(name, env)
  const folders = (valueOf(env, 'PATH') ?? valueOf(env, 'Path') ?? '').split(delimiter)
  return folders.some((folder) => folder !== '' && isExecutable(join(folder, name), env))
}

function isExecutable(path: string, env: Environment): boolean {
  const endings = process.platform === 'win32' ? ['', ...(env.PATHEXT ?? '.EXE').split(';')] : ['']
  return endings.some((ending) => {
    try {
      accessSync(`${path}${ending}`, constants.X_OK)
      return statSync(`${path}${ending}`).isFile()
    } catch {
      return false
    }
  })
}
