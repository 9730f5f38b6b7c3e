export type {TokenOwner} from './access-tokens.js'
export type {NativeClient} from './client.js'
export {
  createNextAuthorizationServer,
  type NextAuthorizationServer,
  type NextAuthorizationServerSettings,
  type PasswordAccount,
} from './next-authorization-server.js'
export type {Row, Tables} from './tables.js'
