import {expect} from 'chai'
import {createRedactor, knownSecrets} from '../src/index.js'
import {kindOfName} from '../src/secret-names.js'

const redactor = createRedactor({known: knownSecrets()})

describe('values with secret names', () => {
  for (const [text, redacted] of [
    ['{"access_token":"x y","a":1}', '{"access_token":"[redacted]","a":1}'],
    [
      '{"a":"{\\"token\\":\\"x\\\\\\"y\\",\\"b\\":1}"}',
      '{"a":"{\\"token\\":\\"[redacted]\\",\\"b\\":1}"}',
    ],
    ['{"password":"ends\\\\","b":"c"}', '{"password":"[redacted]\\\\","b":"c"}'],
    ['{"set-cookie":["a=b","c=d"],"e":1}', '{"set-cookie":["[redacted]","[redacted]"],"e":1}'],
    [
      '{"secret":{"name":"db","value":"x1"}}',
      '{"secret":{"name":"[redacted]","value":"[redacted]"}}',
    ],
    ["{ refreshToken: 'it\\'s', next: 1 }", "{ refreshToken: '[redacted]', next: 1 }"],
    ['["Host","x","Cookie","a=b","Accept","*"]', '["Host","x","Cookie","[redacted]","Accept","*"]'],
    ["[\n  '--token',\n  'abc'\n]", "[\n  '--token',\n  '[redacted]'\n]"],
    ['["--token","abc","--json"]', '["--token","[redacted]","--json"]'],
    ['authorization: Bearer abc def', 'authorization: Bearer [redacted] def'],
    ['Authorization: Digest a="b", c="d"\nx: y', 'Authorization: [redacted]"b", c="d"\nx: y'],
    ['cookie: a=b; c=d\nhost: x', 'cookie: [redacted]\nhost: x'],
    ['X-Api-Key: abc\nhost: x', 'X-Api-Key: [redacted]\nhost: x'],
    ['/cb?code=a%26b&state=s&x=1', '/cb?code=[redacted]&state=[redacted]&x=1'],
    ['next=%2Fcb%3Fcode%3Da%2526b%26x%3D1&y=2', 'next=%2Fcb%3Fcode%3D[redacted]%26x%3D1&y=2'],
    ['{"u":"/cb?token=a\\u0026x=1"}', '{"u":"/cb?token=[redacted]\\u0026x=1"}'],
    ['<a href="/cb?token=a&amp;x=1">', '<a href="/cb?token=[redacted]&amp;x=1">'],
    ['DB_PASSWORD=abc npm test', 'DB_PASSWORD=[redacted] npm test'],
    ['login --client-secret abc --json', 'login --client-secret [redacted] --json'],
    ['https://ada:pw@x.test/a@b', 'https://[redacted]@x.test/a@b'],
    ['https://token@x.test/', 'https://[redacted]@x.test/'],
    ['aws_secret_access_key = wJalrXUtnFEMI/K7MDENG', 'aws_secret_access_key = [redacted]'],
    ["const token = 'a1b2c3d4'", "const token = '[redacted]'"],
    ['Invalid API key: a1b2c3d4.', 'Invalid API key: [redacted]'],
    ['x-amz-security-token: abc', 'x-amz-security-token: [redacted]'],
    ['dd-application-key: abc', 'dd-application-key: [redacted]'],
    ['_auth=YWRhOnB3', '_auth=[redacted]'],
    [
      "{ type: 'oauth', access: 'q7Zt0PdK3mWv9YbR5nXc', expires: 1 }",
      "{ type: 'oauth', access: '[redacted]', expires: 1 }",
    ],
    [
      '{"x":{"refresh":"q7Zt0PdK3mWv9YbR5nXc","access":"e5Xt0PdK3mWv9YbR5nXc","expires":0}}',
      '{"x":{"refresh":"[redacted]","access":"[redacted]","expires":0}}',
    ],
    ['{"access":"q7Zt0PdK3mWv9YbR5nXc","expires_at":9}', '{"access":"[redacted]","expires_at":9}'],
    ['{"code":"SplxlOBeZQQYbYS6WxSbIA"}', '{"code":"[redacted]"}'],
  ] as const) {
    it(`are hidden in ${text}`, () => {
      expect(redactor.redact(text)).to.equal(redacted)
    })
  }

  for (const text of [
    '{"code":"ENOENT","state":"running","session":"2026-11-23T17-00-00-000Z-4f3a9c","key":"Enter"}',
    '{"token":null,"password":true,"secret":"[redacted]","apiKey":""}',
    '{"token_type":"Bearer","expires_in":3600,"max_tokens":4096,"passwordPolicy":"long"}',
    '{"type":"authorization","url":"https://x.test/"}',
    'ssh://git@github.com/mogplex/cli.git',
    'mail ada@example.com, see https://x.test/@ada?page=2',
    'login --with-api-key --provider openai',
    'if (token === undefined) return',
    'const token = await session.token(1), secret = undefined',
    '{"access":"q7Zt0PdK3mWv9YbR5nXc","refresh":true}, Access: granted, refresh: every hour',
    '{"type":"oauth","access":"read-write","refresh":"on demand","expires":1}',
    'The API key: it is missing. Which key: ctrl+c, a1b2c3d4',
    'exit code=1 state=running',
    '/settings/api-keys: the keys of an account',
  ]) {
    it(`leave ${text} unchanged`, () => {
      expect(redactor.redact(text)).to.equal(text)
    })
  }
})

describe('kindOfName', () => {
  for (const name of [
    'access_token',
    'accessToken',
    'X-Access-Token',
    'ACCESS_TOKEN',
    'github_token2',
    '_authToken',
    'client-secret',
    'SECRET_KEY_BASE',
    'passwordHash',
    'db.password',
    'AWS_SECRET_ACCESS_KEY',
    'sessionId',
    'private_key',
    'client_assertion',
    'apiKeys',
    'PGPASSWORD',
  ]) {
    it(`recognises ${name} as the name of a secret`, () => {
      expect(kindOfName(name)).to.equal('secret')
    })
  }

  for (const name of [
    'token_type',
    'tokens',
    'max_tokens',
    'nextPageToken',
    'publicKey',
    'idempotency_key',
    'hasPassword',
    'secretName',
    'password_file',
    'author',
    'keyboard',
    'tokenEndpoint',
    'monkey',
  ]) {
    it(`does not recognise ${name} as one`, () => {
      expect(kindOfName(name)).to.equal(undefined)
    })
  }

  it('distinguishes headers and parameters', () => {
    expect(kindOfName('Proxy-Authorization')).to.equal('authorization')
    expect(kindOfName('Set-Cookie')).to.equal('cookie')
    expect(kindOfName('state')).to.equal('parameter')
  })
})
