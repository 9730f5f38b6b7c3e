const FAILURES = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  IDEMPOTENCY_CONFLICT: 409,
  RATE_LIMITED: 429,
  INTERNAL_ERROR: 500,
} as const

/** A success in the envelope of the v1 API (contract section 6). */
export function success(data: unknown, status = 200): Response {
  return Response.json({ok: true, data}, {status})
}

/** A failure in the envelope of the v1 API; the code decides the status (contract section 6). */
export function failure(
  code: keyof typeof FAILURES,
  message: string,
  headers: Record<string, string> = {},
): Response {
  const body = {ok: false, error: {code, message}}
  return Response.json(body, {status: FAILURES[code], headers})
}

/** A redirect; 303 after a form (RFC 9110 §15.4.4), 307 where the web framework answers. */
export function redirect(location: string, status: 303 | 307, cookies: string[] = []): Response {
  const headers = new Headers({location, 'cache-control': 'no-store'})
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(null, {status, headers})
}

/** The gate of the web app: unknown callers are redirected to the sign-in page (contract 3). */
export function toLogin({pathname, search}: URL): Response {
  const query = new URLSearchParams({next: pathname + search})
  return redirect(`/login?${query.toString()}`, 307)
}
