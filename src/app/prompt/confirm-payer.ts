import type {Provider} from '../../domain/credential/provider-table.js'
import {confirm, type ConfirmTerminal} from '../../terminal/confirm.js'

/** Asks whether a provider's variable may pay for prompts. */
export async function confirmPayer(
  {name, variable}: Provider,
  terminal: ConfirmTerminal,
): Promise<boolean> {
  const question = `${variable} is set. Use it to pay for prompts, at ${name}? You are asked only once.`
  return confirm(question, terminal)
}
