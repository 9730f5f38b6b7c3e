import {countUsage, usageText} from '../usage.js'

/** @type {import('@mogplex/plugin-kit').SlashCommand} */
export default async function usage({session, print}) {
  print(usageText(await countUsage(session)))
}
