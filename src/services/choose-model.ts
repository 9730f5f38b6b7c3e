import {MogplexError} from '@mogplex/plugin-kit/errors'
import type {ModelChoiceFile} from '../adapters/model-choice-file.js'
import type {Credential} from '../domain/credential/credential.js'
import {NoModelCredentialError} from '../domain/errors/authentication.js'
import {type ModelChoice, payerKey, rememberedModel} from '../domain/chat/model-choice.js'
import {payerOf, payersOf} from '../domain/credential/payers.js'
import type {CredentialSession} from './credential-session.js'

/** The credential that would pay for a prompt, and the model that would answer it. */
export interface Payer {
  readonly credential: Credential
  /** `undefined` where none was chosen: then the provider's default answers. */
  readonly model: string | undefined
  /** Chosen by name in this session: precedence does not apply. */
  readonly isExplicit: boolean
}

interface ChoosePorts {
  readonly session: Pick<CredentialSession, 'refresh' | 'require' | 'resolution' | 'settings'>
  readonly file: Pick<ModelChoiceFile, 'forgetModels' | 'read' | 'rememberModel'>
}

/**
 * The model for prompts. A choice of this session always applies, also for another payer; one of an
 * earlier session only while its payer is the one that precedence picks (design 3).
 */
export class ChosenModel {
  readonly #ports: ChoosePorts
  #choice: ModelChoice | undefined

  constructor(ports: ChoosePorts) {
    this.#ports = ports
  }

  /**
   * The current payer: the disk is read again, since another terminal, or a logout in this one, may
   * have changed it.
   *
   * @param once - a choice for this call only
   * @throws {MogplexError} exit 64, when nothing pays, or not the requested payer; 1, when
   *   `auth.json` is needed and cannot be read
   */
  payer(once?: ModelChoice): Payer {
    const {session, file} = this.#ports
    session.refresh()
    if (once !== undefined) return explicit(once, payerOf(once.provider, session.resolution))
    const choice = this.#choice
    const chosen = payersOf(session.resolution).find(({provider}) => provider === choice?.provider)
    if (choice !== undefined && chosen !== undefined) return explicit(choice, chosen)
    session.require('model')
    const {model} = session.resolution
    if (model.kind !== 'credential') throw new NoModelCredentialError()
    const {credential} = model
    const remembered = rememberedModel(file.read(), credential, session.settings)
    return {credential, model: remembered, isExplicit: false}
  }

  /** Every credential that could pay, highest rank first. */
  payers(): Credential[] {
    this.#ports.session.refresh()
    return payersOf(this.#ports.session.resolution)
  }

  /**
   * Chooses a model for the rest of this session, and remembers it for its payer.
   *
   * @returns why it could not be stored, which does not affect this session
   * @throws {MogplexError} exit 64, when there is no credential of that payer
   */
  async choose(choice: ModelChoice): Promise<MogplexError | undefined> {
    const {session, file} = this.#ports
    session.refresh()
    const credential = payerOf(choice.provider, session.resolution)
    this.#choice = choice
    const payer = payerKey(credential, session.settings)
    return troubleOf(async () => file.rememberModel(payer, choice.model))
  }

  /**
   * Forgets the choice: the payer by precedence pays, with the account's default model.
   *
   * @returns why it could not be forgotten, which does not affect this session
   * @throws {MogplexError} as {@link payer} does
   */
  async chooseDefault(): Promise<MogplexError | undefined> {
    const {session, file} = this.#ports
    this.#choice = undefined
    const {credential} = this.payer()
    const payers = [payerKey(credential, session.settings), credential.provider]
    return troubleOf(async () => file.forgetModels(payers))
  }
}

async function troubleOf(work: () => Promise<void>): Promise<MogplexError | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    if (error instanceof MogplexError) return error
    throw error
  }
}

function explicit({model}: ModelChoice, credential: Credential): Payer {
  return {credential, model, isExplicit: true}
}
