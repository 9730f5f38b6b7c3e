/** The package has no types; these are the ones that the tests use. */
declare module 'oidc-provider' {
  import type {IncomingMessage, ServerResponse} from 'node:http'

  interface Interaction {
    readonly prompt: {
      readonly name: string
      readonly details: {readonly missingOIDCScope?: readonly string[]}
    }
    readonly params: {readonly client_id: string}
    readonly session?: {readonly accountId: string}
    readonly grantId?: string
  }

  interface Grant {
    addOIDCScope(scope: string): void
    save(): Promise<string>
  }

  interface Found {
    readonly isExpired: boolean
    destroy(): Promise<void>
  }

  export default class Provider {
    constructor(issuer: string, configuration: object)
    readonly AccessToken: {find(token: string): Promise<Found | undefined>}
    readonly RefreshToken: {find(token: string): Promise<Found | undefined>}
    readonly Grant: {
      new (of: {accountId: string; clientId: string}): Grant
      find(id: string): Promise<Grant | undefined>
    }
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: object,
    ): Promise<void>
    on(event: 'server_error', listener: (context: unknown, error: Error) => void): this
  }
}
