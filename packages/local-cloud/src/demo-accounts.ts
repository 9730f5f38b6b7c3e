/** A repository as `GET /repos` lists it (contract section 7). */
export interface DemoRepository {
  readonly id: string
  readonly full_name: string
  readonly installation_id: number
  readonly default_branch: string | null
  readonly root_directory: string | null
}

/** A user who can sign in here. `modelAccess` says whether the account may call any model. */
export interface DemoAccount {
  readonly email: string
  readonly name: string
  readonly password: string
  readonly modelAccess: boolean
  /** `provider/model`; `null` without model access. */
  readonly defaultModel: string | null
  readonly username: string
  readonly githubUsername: string | null
  readonly repositories: readonly DemoRepository[]
}

/** The accounts of every local cloud. Their passwords are public, and useless elsewhere. */
export const DEMO_ACCOUNTS = [
  {
    email: 'ada@example.test',
    name: 'Ada Lovelace',
    password: 'demo-ada-2026',
    modelAccess: true,
    defaultModel: 'anthropic/claude-sonnet-4.5',
    username: 'ada',
    githubUsername: 'ada',
    repositories: [
      {
        id: '0b6f1c1e-6f0a-4d53-9d1c-2f7a54a1e001',
        full_name: 'ada/analytical-engine',
        installation_id: 1815,
        default_branch: 'main',
        root_directory: null,
      },
      {
        id: '0b6f1c1e-6f0a-4d53-9d1c-2f7a54a1e002',
        full_name: 'ada/bernoulli-numbers',
        installation_id: 1815,
        default_branch: 'main',
        root_directory: 'packages/note-g',
      },
    ],
  },
  {
    email: 'grace@example.test',
    name: 'Grace Hopper',
    password: 'demo-grace-2026',
    modelAccess: false,
    defaultModel: null,
    username: 'grace',
    githubUsername: null,
    repositories: [
      {
        id: '7c2d9a44-15b8-4c0e-8a37-90d3c5b2f001',
        full_name: 'grace/flow-matic',
        installation_id: 1906,
        default_branch: 'trunk',
        root_directory: null,
      },
      {
        id: '7c2d9a44-15b8-4c0e-8a37-90d3c5b2f002',
        full_name: 'grace/nanosecond',
        installation_id: 1906,
        default_branch: null,
        root_directory: null,
      },
    ],
  },
] as const satisfies readonly DemoAccount[]

/** @returns the demo account with this e-mail address, ignoring case */
export function findDemoAccount(email: string): DemoAccount | undefined {
  return DEMO_ACCOUNTS.find((account) => account.email === email.trim().toLowerCase())
}
