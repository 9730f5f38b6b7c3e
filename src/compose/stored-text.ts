import {join} from 'node:path'
import {ourHome} from './our-home.js'

/** All of `auth.json`, with what is not ours in it; nothing when it cannot be read. */
export async function storedText(): Promise<string> {
  const {peekAt} = await import('../adapters/auth-file/read-auth-file.js')
  const bytes = peekAt(join(ourHome(process.env).path, 'auth.json'))
  return new TextDecoder().decode(bytes) // without a byte order mark
}
