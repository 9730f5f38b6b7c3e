import type {DemoAccount} from './demo-accounts.js'
import {MODELS, type Model} from './model-catalog.js'

const MILLION = 1_000_000

/** The models that an account may call: all or, without model access, none. */
export function modelsOf(account: DemoAccount | undefined): readonly Model[] {
  return account?.modelAccess ? MODELS : []
}

/** The models in the versioned API: prices per token (contract section 8). */
export function modelsForV1(models: readonly Model[]): unknown[] {
  return models.map(({id, name, context, price, ...model}) => ({
    id,
    provider: providerOf(id),
    name,
    contextLength: context ?? null,
    capabilities: capabilitiesOf(model),
    pricing: {
      input: price ? price[0] / MILLION : null,
      output: price ? price[1] / MILLION : null,
    },
  }))
}

/** The models in `/api/models?format=cli`: prices per million (contract section 8). */
export function modelsForCli(models: readonly Model[]): unknown[] {
  return models.map(({id, name, input, reasoning, tools, context, output, about, price}) => ({
    slug: id,
    provider: providerOf(id),
    displayName: name,
    inputModalities: input,
    caps: {
      toolUse: tools !== 'none',
      streaming: true,
      reasoningEffort: reasoning,
      parallelToolCalls: tools === 'parallel',
    },
    // JSON leaves out undefined members.
    contextWindow: context,
    maxOutputTokens: output,
    description: about,
    pricing: price && {inputPerMillion: price[0], outputPerMillion: price[1], currency: 'USD'},
  }))
}

function providerOf(id: string): string {
  return id.slice(0, id.indexOf('/'))
}

function capabilitiesOf({input, reasoning, tools}: Pick<Model, 'input' | 'reasoning' | 'tools'>) {
  const known = {
    'tool-use': tools !== 'none',
    reasoning,
    vision: input.includes('image'),
    audio: input.includes('audio'),
  }
  return Object.entries(known).flatMap(([name, has]) => (has ? [name] : []))
}
