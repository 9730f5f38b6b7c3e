import {KEY_PREFIX} from './api-key.js'
import {toLogin} from './answers.js'
import {bearerToken, type Caller} from './caller.js'
import {mcpServersOf} from './demo-mcp-servers.js'
import {MODELS} from './model-catalog.js'
import {modelsForCli, modelsOf} from './model-listings.js'
import {settingsOf, userOf} from './profile.js'
import {answerInference} from './inference.js'
import type {Site} from './site.js'

/** A route's answers to a personal access token: for a valid one, and an invalid one. */
interface PersonalRoute {
  readonly answer: (caller: Caller, request: Request) => Promise<Response> | Response
  readonly refuse: () => Response
}

const refuse = () => Response.json({error: 'Unauthorized'}, {status: 401})
const inference: PersonalRoute = {answer: answerInference, refuse}

/** Routes of the web app that accept only personal access tokens; an access token is redirected. */
const PERSONAL_ROUTES = new Map<string, PersonalRoute>([
  [
    '/api/models',
    {
      answer: ({account}) => Response.json(modelsForCli(modelsOf(account))),
      refuse: () => Response.json(modelsForCli(MODELS)), // the anonymous catalog
    },
  ],
  ['/api/mcp-servers', {answer: ({account}) => Response.json(mcpServersOf(account)), refuse}],
  ['/api/settings', {answer: ({account}) => Response.json(settingsOf(account)), refuse}],
  ['/api/cli/inference/chat/completions', inference],
  ['/api/cli/openai/chat/completions', inference],
])

/** This one comes before the gate: unknown callers are anonymous. */
const USER_ROUTE: PersonalRoute = {
  answer: (caller) => Response.json({user: userOf(caller)}),
  refuse: () => Response.json({user: null}),
}

/**
 * The unversioned routes (contract sections 3, 5, 8 and 9). A rate-limited key looks like an
 * invalid one here. Inference also accepts access tokens, where the cloud is configured so.
 *
 * @returns `undefined` for any other route
 */
export function answerWebAppApi(
  request: Request,
  url: URL,
  {keys, server, inferenceAccepts}: Site,
): Promise<Response> | Response | undefined {
  const open = url.pathname === '/api/auth/user'
  const route = open ? USER_ROUTE : PERSONAL_ROUTES.get(url.pathname)
  if (!route) return
  const token = bearerToken(request.headers)
  if (!token?.startsWith(KEY_PREFIX)) {
    if (route === inference && inferenceAccepts === 'oauth' && token !== undefined) {
      return server
        .findCaller(token)
        .then((login) => (login ? route.answer(login, request) : route.refuse()))
    }
    return open ? route.refuse() : toLogin(url)
  }
  const caller = keys.check(token)
  return caller && caller !== 'rate-limited' ? route.answer(caller, request) : route.refuse()
}
