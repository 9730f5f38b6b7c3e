import {keysPage} from '../../domain/credential/provider-address.js'
import type {Provider} from '../../domain/credential/provider-table.js'
import type {DisplayOptions} from '../identity-text.js'
import {shortPath} from '../names.js'

/** The result of storing a provider's key. */
export function storedKeyText(
  {name}: Provider,
  path: string,
  {palette, homeFolder}: DisplayOptions,
): string {
  return `${palette.good('Stored')} the ${name} key in ${shortPath(path, homeFolder)}. It was not checked.`
}

/** The result of storing a Mogplex key while somebody is signed in. */
export const KEY_BESIDE_LOGIN_TEXT =
  'Stored the Mogplex key beside your login. It pays for prompts from now on.'

export const NOT_SHOWN = 'It is not shown.'

/**
 * The question for a key; the pasted text is not shown.
 *
 * @param siteRoot - the Mogplex address, without a trailing slash
 */
export function keyPrompt(
  provider: Provider,
  siteRoot: string,
  {palette}: DisplayOptions,
): string[] {
  return [
    `Keys of ${provider.name} are at ${keysPage(provider, siteRoot)}`,
    `${palette.strong('Paste the key')} and press Enter. ${NOT_SHOWN}`,
  ]
}
