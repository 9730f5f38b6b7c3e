import {UsageError} from '../../domain/errors/usage.js'
import {choiceText, type ModelChoice, parseChoice} from '../../domain/chat/model-choice.js'
import type {PayerModel} from '../../services/list-payer-models.js'
import {wrap} from '../../terminal/wrap.js'
import type {AppContext} from './app-context.js'
import type {SlashCommand} from './slash-command.js'

/** `/model`: chooses the model that answers, by name, or from those there are. */
export const model: SlashCommand<AppContext> = {
  name: 'model',
  argument: 'MODEL',
  summary: 'Choose the model that answers',
  async run(context, args) {
    const {prompts, print, signal, seen, palette, columns} = context
    const text = args.join(' ')
    const {models, troubles} = await prompts.models({signal})
    const lack = models.length + troubles.length === 0 ? prompts.whyNone() : undefined
    if (lack !== undefined) throw lack
    for (const {label} of models) seen.models.add(label.replace(': ', ':'))
    for (const {error} of troubles) print(wrap(palette.faint(error.message), columns))
    const named = parseChoice(text, undefined)
    // What cannot be listed can be there.
    const isTaken = troubles.some(({provider}) => provider === named?.provider)
    const exact = exactly(text, models) ?? (isTaken ? named : undefined)
    const choice = exact ?? (await pickOne(context, text, models))
    if (choice === undefined) return
    const trouble = await prompts.choose(choice)
    print(`${palette.strong(choiceText(choice))} answers from now on.`)
    if (trouble !== undefined) print(`It could not be remembered: ${trouble.message}`)
  },
}

/** A model that is there, by its name or with its payer; the first payer that has it. */
function exactly(text: string, models: readonly PayerModel[]): ModelChoice | undefined {
  const named = parseChoice(text, undefined)
  return models.find(({provider, model: id}) =>
    named === undefined ? id === text : provider === named.provider && id === named.model,
  )
}

async function pickOne(
  {pick}: AppContext,
  text: string,
  models: readonly PayerModel[],
): Promise<ModelChoice | undefined> {
  const fitting = models.filter((one) => isMeant(one, text))
  const [only] = fitting
  if (only === undefined) {
    throw new UsageError(
      models.length === 0 ? 'There is no model to choose.' : 'No model has that in its name.',
      'Type /model to see those there are.',
    )
  }
  if (fitting.length === 1 && text !== '') return only
  return pick(
    'Which model answers?',
    fitting.map((value) => ({
      value,
      name: value.label,
      ...(value.name !== undefined && {description: value.name}),
    })),
    isMeant,
  )
}

/** By the beginning of its payer, or any part of its name: `gp` does not mean all of Mogplex's. */
function isMeant({provider, model: id, name = ''}: PayerModel, typed: string): boolean {
  const words = typed.toLowerCase().split(/[\s:]+/)
  const text = `${id} ${name}`.toLowerCase()
  return words.every((word) => provider.startsWith(word) || text.includes(word))
}
