/**
 * Whether a form was sent by one of our pages. Other sites can post here too, and would sign a
 * browser in or out without its user (login CSRF, RFC 6749 §10.12).
 */
export function comesFromHere(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') return false
  const origin = request.headers.get('origin')
  return origin === null || origin === `http://${request.headers.get('host')}`
}

/** Whether a `Host` header names this machine; a rebound DNS name does not. */
export function isLoopbackHost(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host ?? '')
}
