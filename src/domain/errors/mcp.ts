import {RemoteError} from './remote.js'

/** The server lost the session, and a new one was begun; the request was not carried out. */
export class McpSessionLostError extends RemoteError {
  override readonly code = 'MCP_SESSION_LOST'

  constructor(host: string) {
    super(
      `${host} had ended the session, so nothing was done. A new session was started.`,
      'Call the tool again if you still want it.',
    )
  }
}

/** An answer ended before it was complete: it is unknown whether the request was carried out. */
export class McpAnswerCutError extends RemoteError {
  override readonly code = 'MCP_ANSWER_CUT'

  constructor(method: string) {
    super(
      `The answer to ${method} ended before it was complete. The request may have been carried out.`,
      'Check whether it was carried out before you repeat it.',
    )
  }
}
