import type {ResponseType} from '../session.js'

/** A test's answer, in the form that the request wants. */
export async function formOf(made: unknown, type: ResponseType = 'json'): Promise<unknown> {
  if (type === 'json') return made instanceof Response ? dataOf(made) : structuredClone(made)
  const response = made instanceof Response ? made.clone() : new Response(bodyOf(made))
  if (type === 'response') return response
  return type === 'text' ? response.text() : new Uint8Array(await response.arrayBuffer())
}

function bodyOf(made: unknown): string | Uint8Array<ArrayBuffer> {
  if (made instanceof Uint8Array) return new Uint8Array(made)
  return typeof made === 'string' ? made : JSON.stringify({ok: true, data: made})
}

async function dataOf(response: Response): Promise<unknown> {
  const envelope: unknown = await response.clone().json()
  const isObject = typeof envelope === 'object' && envelope !== null
  return isObject && 'data' in envelope ? envelope.data : undefined
}
