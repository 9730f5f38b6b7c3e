import {MogplexError} from '@mogplex/plugin-kit/errors'
import {UsageError} from '../../domain/errors/usage.js'
import {choiceText, type ModelChoice, parseChoice} from '../../domain/chat/model-choice.js'
import type {PayerModel, PayerModels} from '../../services/list-payer-models.js'
import type {MenuChoice} from '../../terminal/menu.js'
import {wrap} from '../../terminal/wrap.js'
import type {AppContext} from './app-context.js'
import type {AppSlashCommand} from './app-slash-command.js'

/** The word that resets a choice. */
export const DEFAULT = 'default'
const DEFAULT_NAME = "the account's default"

type Chosen = PayerModel | typeof DEFAULT

/** `/model`: chooses the model that answers, by name, or from a list. */
export const model: AppSlashCommand<AppContext> = {
  name: 'model',
  argument: 'MODEL',
  summary: 'Choose the model that answers',
  async run(context, args) {
    const {prompts, print, signal, seen, palette, columns} = context
    const text = args.join(' ')
    const listed = await prompts.models({signal})
    const {models, troubles} = listed
    const lack = models.length + troubles.length === 0 ? prompts.whyNone() : undefined
    if (lack !== undefined) throw lack
    for (const {label} of models) seen.models.add(label.replace(': ', ':'))
    for (const {error} of troubles) print(wrap(palette.faint(error.message), columns))
    const named = parseChoice(text, undefined)
    // A model that is not listed may exist all the same.
    const isTaken = troubles.some(({provider}) => provider === named?.provider)
    const exact = exactly(text, models) ?? (isTaken ? named : undefined)
    const choice = exact ?? (text === DEFAULT ? DEFAULT : await pickOne(context, text, listed))
    if (choice === undefined) return
    const trouble = await (choice === DEFAULT ? prompts.chooseDefault() : prompts.choose(choice))
    const who = choice === DEFAULT ? DEFAULT_NAME : palette.strong(choiceText(choice))
    print(`${who.replace(/^t/, 'T')} answers from now on.`)
    if (trouble !== undefined) print(`That could not be remembered: ${trouble.message}`)
  },
}

/** An available model, by its name or with its payer; the first payer that has it. */
function exactly(text: string, models: readonly PayerModel[]): ModelChoice | undefined {
  const named = parseChoice(text, undefined)
  return models.find(({provider, model: id}) =>
    named === undefined ? id === text : provider === named.provider && id === named.model,
  )
}

async function pickOne(
  {pick, prompts}: AppContext,
  text: string,
  {models, troubles}: PayerModels,
): Promise<Chosen | undefined> {
  const fitting = models.filter((one) => isMeant(one, text))
  const [only] = fitting
  if (models.length === 0) {
    const remedy =
      troubles[0]?.error.remedy ?? 'Type /login: you need a login or an API key to use models.'
    throw new UsageError('No model is available to choose from.', remedy)
  }
  if (only === undefined) {
    throw new UsageError('No model name contains that.', 'Type /model to list them.')
  }
  if (fitting.length === 1 && text !== '') return only
  const current = currentAmong(fitting, prompts)
  const others = fitting.filter((one) => one !== current)
  // The current one first: Enter changes nothing.
  const offered: Chosen[] =
    text !== ''
      ? fitting
      : current === undefined || current === DEFAULT
        ? [DEFAULT, ...others]
        : [current, DEFAULT, ...others]
  return pick(
    'Which model answers?',
    offered.map((value) => choiceOf(value, value === current)),
    (value, typed) =>
      value === DEFAULT ? DEFAULT_NAME.includes(typed.toLowerCase()) : isMeant(value, typed),
  )
}

/** The current model; `undefined` where nothing pays, or where it is not in the list. */
function currentAmong(
  models: readonly PayerModel[],
  prompts: AppContext['prompts'],
): Chosen | undefined {
  try {
    const {credential, model: id} = prompts.payer()
    if (id === undefined) return DEFAULT
    return models.find((one) => one.provider === credential.provider && one.model === id)
  } catch (error) {
    if (error instanceof MogplexError) return undefined
    throw error
  }
}

function choiceOf(value: Chosen, isCurrent: boolean): MenuChoice<Chosen> {
  const label = value === DEFAULT ? DEFAULT_NAME : value.label
  const description = value === DEFAULT ? undefined : value.name
  return {
    value,
    name: isCurrent ? `${label}  (current)` : label,
    ...(description !== undefined && {description}),
  }
}

/** By a prefix of its payer, or any part of its name: `gp` does not match all of Mogplex's. */
function isMeant({provider, model: id, name = ''}: PayerModel, typed: string): boolean {
  const words = typed.toLowerCase().split(/[\s:]+/)
  const text = `${id} ${name}`.toLowerCase()
  return words.every((word) => provider.startsWith(word) || text.includes(word))
}
