import {RemoteError} from './remote.js'

/** The server forgot the session, and another one was begun; what was asked for was not done. */
export class McpSessionLostError extends RemoteError {
  override readonly code = 'MCP_SESSION_LOST'

  constructor(host: string) {
    super(
      `${host} had ended the session, and did nothing. There is a new one now.`,
      'Call the tool again, if it is still wanted.',
    )
  }
}

/** An answer ended before it was whole: nobody knows what was done. */
export class McpAnswerCutError extends RemoteError {
  override readonly code = 'MCP_ANSWER_CUT'

  constructor(method: string) {
    super(
      `The answer to ${method} ended before it was whole. What was asked for may have been done.`,
      'Look whether it was done before it is asked for again.',
    )
  }
}
