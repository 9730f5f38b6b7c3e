import type {Credential} from '../../src/domain/credential/credential.js'

/** Access to an account with its current credential: nothing is refreshed. */
export function givenAccess(credential: () => Credential) {
  return {
    peek: credential,
    credential: async () => Promise.resolve(credential()),
    use: async <T>(request: (credential: Credential) => Promise<T>) => request(credential()),
  }
}
