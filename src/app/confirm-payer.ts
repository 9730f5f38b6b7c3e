import type {Provider} from '../domain/credential/provider-table.js'
import {confirm, type ConfirmTerminal} from '../terminal/confirm.js'

/** Asks whether a provider's variable may pay for prompts. */
export async function confirmPayer(
  {name, variable}: Provider,
  terminal: ConfirmTerminal,
): Promise<boolean> {
  const question = `${variable} is set: let it pay for prompts, by ${name}? It is asked once.`
  return confirm(question, terminal)
}
