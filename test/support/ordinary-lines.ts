import {Random} from './random.js'

const HEX = '0123456789abcdef'

/** Log lines of programs that contain no secrets. */
const TEMPLATES: readonly ((random: Random) => string)[] = [
  (r) =>
    `{"time":"${time(r)}","level":"info","event":"session.started","session":"${session(r)}","command":"login","argv":["login","--no-browser"],"version":"0.1.0"}`,
  (r) =>
    `{"time":"${time(r)}","level":"info","event":"credential.resolved","session":"${session(r)}","account":{"kind":"oauth","source":{"type":"file","path":"/home/ada/.mogplex/auth.json"},"id":"usr_${r.text(HEX, 8)}","email":"ada@example.com"}}`,
  (r) =>
    `{"time":"${time(r)}","level":"info","event":"http.request","session":"${session(r)}","request":${r.below(90)},"method":"GET","url":"https://mogplex.com/api/v1/mogplex/repos?limit=1&cursor=${r.below(999)}","headers":["accept","authorization","user-agent"]}`,
  (r) =>
    `{"time":"${time(r)}","level":"info","event":"http.response","session":"${session(r)}","request":${r.below(90)},"status":200,"durationMs":${r.below(900)},"bytes":${r.below(99999)},"requestId":"req_${r.text('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 26)}"}`,
  (r) =>
    `{"event":"file.written","path":"/home/ada/.mogplex/auth.json","bytes":${r.below(9999)},"mode":"0600"}`,
  (r) =>
    `{"event":"login.completed","account":{"id":"${uuid(r)}","email":"grace.hopper+work@navy.example","name":"Grace"},"scopes":["openid","offline_access","read","write"],"expiresAt":"${time(r)}"}`,
  (r) =>
    `{"type":"tool_finished","id":"${uuid(r)}","toolName":"bash","message":"exit code ${r.below(3)}","payload":{"truncated":true}}`,
  (r) =>
    `{"usage":{"prompt_tokens":${r.below(9999)},"completion_tokens":${r.below(9999)},"total_tokens":${r.below(9999)}},"max_tokens":4096,"model":"anthropic/claude-opus-4"}`,
  () =>
    '{"issuer":"https://mogplex.com","token_endpoint":"https://mogplex.com/api/auth/mcp/token","grant_types_supported":["authorization_code","refresh_token"],"token_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post","none"],"code_challenge_methods_supported":["S256"],"claims_supported":["sub","iss","aud"]}',
  () =>
    '{"error":{"code":"NOT_LOGGED_IN","message":"No Mogplex credential was found.","remedy":"Run `mogplex login`, or set MOGPLEX_API_KEY in CI.","exitCode":64}}',
  () => '{"error":"invalid_grant","error_description":"refresh token expired"}',
  (r) => `commit ${r.text(HEX, 40)}`,
  (r) => `${r.text(HEX, 7)} redaction: find secrets by value (#${r.below(999)})`,
  (r) => `sha256:${r.text(HEX, 64)}  dist/launcher.js`,
  (r) => `npm http fetch GET 200 https://registry.npmjs.org/got ${r.below(900)}ms (cache hit)`,
  (r) =>
    `npm_config_registry=https://registry.npmjs.org/ npm_lifecycle_event=test PORT=${r.between(1024, 65535)}`,
  (r) =>
    `2026-11-23T16:${r.between(10, 59)}:02.123Z DEBUG oclif:config reading user plugins pjson /home/ada/.local/share/mogplex/package.json`,
  (r) =>
    `  mogplex:login init version: @oclif/core@4.14.0 argv: [ 'login', '--timeout', '${r.below(300)}' ] +${r.below(90)}ms`,
  (r) =>
    `got HTTP/1.1 429 Too Many Requests, retry-after: ${r.below(60)}, x-request-id: ${uuid(r)}`,
  () =>
    'www-authenticate: Bearer resource_metadata="https://mogplex.com/.well-known/oauth-protected-resource", error="invalid_token"',
  (r) => `Listening on http://127.0.0.1:${r.between(1024, 65535)}/auth/callback`,
  (r) => `ssh -N -L 24816:127.0.0.1:24816 -p 2222 ada@203.0.113.${r.below(255)}`,
  (r) =>
    `Error: connect ECONNREFUSED 127.0.0.1:${r.between(1024, 65535)}\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16) {\n  errno: -111,\n  code: 'ECONNREFUSED',\n  syscall: 'connect'\n}`,
  () =>
    "TypeError: Cannot read properties of undefined (reading 'token')\n    at CredentialSession.require (file:///usr/lib/node_modules/@mogplex/cli/dist/services/credential-session.js:71:29)",
  (r) => `run ${uuid(r)} is streaming on branch feature/redaction-${r.below(99)} of mogplex/cli`,
  () => 'Signed in as ada@example.com (Ada), read and write, until 23 Dec if unused.',
  () => 'OPENAI_API_KEY pays: it outranks your login.  unset OPENAI_API_KEY',
  () => 'The access token ends by 17:00, the refresh token by 23 Dec.',
  () => 'Bearer authentication is used; Basic authentication is not offered here.',
  () =>
    'usage: mogplex login [--with-api-key --provider ID] [--expect-account EMAIL] [--read-only]',
  () => 'Die Größe von 12 µm ist – wie erwartet – «klein» 漢字 😀',
  (r) => `\u001b[32m✔\u001b[0m 42 models synced (${r.below(900)} ms)`,
  (r) =>
    `docker run -e NODE_ENV=production -p ${r.between(1024, 65535)}:8080 ghcr.io/mogplex/cli@sha256:${r.text(HEX, 64)}`,
  (r) =>
    `data:image/png;base64,${r.text('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 120)}`,
  (r) =>
    `"integrity": "sha512-${r.text('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 86)}=="`,
  (r) => `GET /issues?state=open&page=${r.below(9)}&sort=created 200`,
  () => 'const risk = scoreOf(task-list) // sk-1, mog_, eyJ, Basic usage, token === undefined',
  () => 'git clone ssh://git@github.com/mogplex/cli.git && cd cli && npm ci',
  (r) => `C:\\Users\\ada\\AppData\\Local\\mogplex\\logs\\${session(r)}.jsonl`,
  () =>
    'cache-control: no-store; content-type: application/json; charset=utf-8; x-ratelimit-remaining: 59',
]

/** Ordinary lines, the same ones each time. */
export function ordinaryLines(count: number): string[] {
  const random = new Random(1)
  return Array.from({length: count}, (_, index) => {
    const template = TEMPLATES[index % TEMPLATES.length]
    return template?.(random) ?? ''
  })
}

function time(random: Random): string {
  return new Date(Date.UTC(2026, 10, 23) + random.below(86_400_000)).toISOString()
}

function session(random: Random): string {
  return `${time(random).replaceAll(/[:.]/g, '-')}-${random.text(HEX, 6)}`
}

function uuid(random: Random): string {
  const [a, b, c, d] = [8, 4, 3, 12].map((length) => random.text(HEX, length))
  return `${a ?? ''}-${b ?? ''}-4${c ?? ''}-8${c ?? ''}-${d ?? ''}`
}
