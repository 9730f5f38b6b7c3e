import {expect} from 'chai'
import {readObject} from './authorization-request.js'

/** One request, with a bearer token when there is one; redirects are not followed. */
export function ask(url: string, token?: string, method = 'GET'): Promise<Response> {
  const headers: Record<string, string> =
    token === undefined ? {} : {authorization: `Bearer ${token}`}
  return fetch(url, {method, headers, redirect: 'manual'})
}

/** Expects a failure in the envelope of the v1 API. @returns its `error` */
export async function expectFailure(
  response: Response,
  status: number,
  code: string,
): Promise<unknown> {
  expect(response.status).to.equal(status)
  const {ok, error} = await readObject(response)
  expect(ok).to.equal(false)
  expect(error).to.include({code})
  return error
}
