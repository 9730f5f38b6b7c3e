import {randomUUID} from 'node:crypto'
import type {DemoAccount, DemoRepository} from '../demo-accounts.js'

/** The task of a run, and its repository (contract section 7). */
export interface RunRequest {
  readonly repository: DemoRepository
  readonly prompt: string
  readonly harness: 'claude-code' | 'codex'
  readonly branch: {readonly base: string; readonly working: string; readonly createBranch: boolean}
  readonly rootDirectory: string | null
}

const MAX_PROMPT = 100_000

/**
 * Reads the body of `POST /runs`.
 *
 * @param key - names the working branch, where one is created without a name
 * @returns one sentence about the error, if there is one
 */
export function readRunRequest(
  body: unknown,
  account: DemoAccount | undefined,
  key: string = randomUUID(),
): RunRequest | string {
  if (typeof body !== 'object' || body === null) return 'The body is not a JSON object.'
  const fields: Readonly<Record<string, unknown>> = {...body}
  const {repoId, prompt, harness = 'codex', baseBranch, workingBranch, rootDirectory} = fields
  const repository = account?.repositories.find(({id}) => id === repoId)
  if (!repository) return 'repoId is not a repository of this account.'
  if (typeof prompt !== 'string' || prompt === '') return 'prompt is missing.'
  if (prompt.length > MAX_PROMPT) return `prompt has more than ${MAX_PROMPT} characters.`
  if (harness !== 'codex' && harness !== 'claude-code') return 'harness is codex or claude-code.'
  const createBranch = fields.createBranch === true
  const base = textOf(baseBranch) ?? repository.default_branch ?? 'main'
  const working = textOf(workingBranch) ?? (createBranch ? `mogplex/${key.slice(0, 8)}` : base)
  if (createBranch && working === base) return 'workingBranch must differ from the base.'
  return {
    repository,
    prompt,
    harness,
    branch: {base, working, createBranch},
    rootDirectory: textOf(rootDirectory) ?? repository.root_directory,
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
