import {expect} from 'chai'
import {startLocalCloud, type Browser, type LocalCloud} from '../src/index.js'
import {ask, expectFailure} from './support/ask.js'
import {readObject} from './support/authorization-request.js'

const V1 = '/api/v1/mogplex'
const NOBODYS = '5f0f2f9c-3d0c-4a34-9a53-6a4b8f3a7f11'
const REPO = '0b6f1c1e-6f0a-4d53-9d1c-2f7a54a1e001'

interface Detail {
  readonly runId: string
  readonly status: string
  readonly error: string | null
  readonly branch: object
  readonly createdAt: string
}
interface Event {
  readonly id: string
  readonly type: string
  readonly message: string | null
}

describe('runs', () => {
  let cloud: LocalCloud
  let ada: string
  before(async () => {
    // So fast that every script has ended before the first request.
    cloud = await startLocalCloud({runPace: 0})
    ada = (await cloud.signIn('ada@example.test')).access_token
  })
  after(() => cloud.close())

  const dataOf = async <T>(path: string, method = 'GET', from = cloud): Promise<T> => {
    const token = from === cloud ? ada : (await from.signIn('ada@example.test')).access_token
    const response = await ask(`${from.url}${V1}${path}`, token, method)
    expect(response.status).to.equal(200)
    return (await readObject(response)).data as T
  }
  const eventsOf = (id: string, query = '?limit=200', from = cloud) =>
    dataOf<{run: Detail; events: Event[]}>(`/runs/${id}/events${query}`, 'GET', from)
  const post = (body: unknown, key?: string, token = ada) =>
    fetch(`${cloud.url}${V1}/runs`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...(key !== undefined && {'idempotency-key': key}),
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })

  it('follow a script that ends well, with events of several shapes, oldest first', async () => {
    const {run, events} = await eventsOf(cloud.startRun('ada@example.test'))
    expect(run).to.include({status: 'success', error: null, harness: 'codex', repoId: REPO})
    expect(run.branch).to.deep.equal({
      base: 'main',
      working: 'mogplex/mend-the-carry',
      createBranch: true,
    })
    expect(Object.keys(events[0] ?? {})).to.deep.equal([
      'id',
      'type',
      'toolName',
      'message',
      'payload',
      'createdAt',
    ])
    expect(events.map(({type}) => type)).to.include.members([
      'started',
      'status_changed',
      'log',
      'tool_started',
      'tool_finished',
      'finished',
    ])
    expect(new Set(events.map(({id}) => id)).size).to.equal(events.length)
    expect(events.some(({message}) => message === null)).to.equal(true)
  })

  it('have the same ids in each answer', async () => {
    const id = cloud.startRun('ada@example.test')
    const [first, second] = [await eventsOf(id), await eventsOf(id)]
    expect(first).to.deep.equal(second)
    const {run} = await dataOf<{run: Detail}>(`/runs/${id}`)
    expect(run).to.deep.equal(first.run)
  })

  it('fail when the prompt asks for it, and say why', async () => {
    const {run} = await eventsOf(cloud.startRun('ada@example.test', 'Please fail.'))
    expect(run).to.include({status: 'failed', error: 'The sandbox ran out of memory.'})
  })

  it('return at most the first 200 events, whatever the limit is', async () => {
    const id = cloud.startRun('ada@example.test', 'a long one')
    for (const [query, count] of [
      ['', 100],
      ['?limit=200', 200],
      ['?limit=1000', 200],
      ['?limit=0', 1],
    ] as const) {
      expect((await eventsOf(id, query)).events, query).to.have.length(count)
    }
  })

  it('contain terminal attacks when the prompt says hostile', async () => {
    const {events} = await eventsOf(cloud.startRun('ada@example.test', 'hostile'))
    const text = JSON.stringify(events)
    for (const part of ['\\u001b]52;c;', '\u009B31m', '\u202E', '\\u0000', 'x'.repeat(1_000_000)]) {
      expect(text.includes(part), part.slice(0, 20)).to.equal(true)
    }
  })

  it('begin at once and send the rest in time', async () => {
    const slow = await startLocalCloud({runPace: 3600})
    try {
      const {run, events} = await eventsOf(slow.startRun('ada@example.test'), '', slow)
      expect(run.status).to.equal('pending')
      expect(events.map(({type}) => type)).to.deep.equal(['started'])
    } finally {
      await slow.close()
    }
  })

  it('are cancelled on request, also repeatedly; an ended one stays unchanged', async () => {
    const id = cloud.startRun('ada@example.test', 'quiet')
    expect((await eventsOf(id)).run.status).to.equal('streaming')
    const first = await dataOf<{alreadyTerminal: boolean}>(`/runs/${id}/cancel`, 'POST')
    expect(first.alreadyTerminal).to.equal(false)
    expect(await dataOf(`/runs/${id}/cancel`, 'POST')).to.include({
      alreadyTerminal: true,
      status: 'cancelled',
    })
    const {run, events} = await eventsOf(id)
    expect(run.status).to.equal('cancelled')
    expect(events.slice(-2).map(({type}) => type)).to.deep.equal(['cancel_requested', 'cancelled'])
    const over = cloud.startRun('ada@example.test')
    expect(await dataOf(`/runs/${over}/cancel`, 'POST')).to.include({
      alreadyTerminal: true,
      status: 'success',
    })
  })

  it('belong to their account: for others they do not exist', async () => {
    const id = cloud.startRun('grace@example.test')
    for (const [path, method] of [
      [`/runs/${id}`, 'GET'],
      [`/runs/${id}/events`, 'GET'],
      [`/runs/${id}/cancel`, 'POST'],
      [`/runs/${NOBODYS}`, 'GET'],
    ] as const) {
      await expectFailure(await ask(`${cloud.url}${V1}${path}`, ada, method), 404, 'NOT_FOUND')
    }
  })

  it('answer 500 for an id that is not a UUID, as the hosted service does', async () => {
    const response = await ask(`${cloud.url}${V1}/runs/nonsense/events`, ada)
    await expectFailure(response, 500, 'INTERNAL_ERROR')
  })

  it('need write to be started and cancelled, and any token to be read', async () => {
    const reader = await cloud.createKey('ada@example.test', {scopes: ['read']})
    const id = cloud.startRun('ada@example.test', 'quiet')
    const cancel = await ask(`${cloud.url}${V1}/runs/${id}/cancel`, reader, 'POST')
    await expectFailure(cancel, 403, 'FORBIDDEN')
    await expectFailure(await post({repoId: REPO, prompt: 'x'}, 'k', reader), 403, 'FORBIDDEN')
    const writer = await cloud.createKey('ada@example.test', {scopes: ['write']})
    expect((await ask(`${cloud.url}${V1}/runs/${id}/events`, writer)).status).to.equal(200)
  })

  describe('POST /runs', () => {
    const body = {repoId: REPO, prompt: 'quiet', createBranch: true}

    it('starts one, and returns the same one for the same key and request', async () => {
      const first = await post(body, 'key-1')
      expect(first.status).to.equal(202)
      const data = (await readObject(first)).data as Detail & {replayed: boolean}
      expect(data).to.include({replayed: false, repoId: REPO, harness: 'codex'})
      expect(data).to.include({eventsUrl: `${V1}/runs/${data.runId}/events`})
      const again = (await readObject(await post(body, 'key-1'))).data as typeof data
      expect(again).to.include({replayed: true, runId: data.runId})
      const other = await post({...body, prompt: 'another'}, 'key-1')
      await expectFailure(other, 409, 'IDEMPOTENCY_CONFLICT')
    })

    for (const [title, wrong, key] of [
      ['without a key', body, undefined],
      ['with a key that is too long', body, 'k'.repeat(201)],
      ['without a prompt', {repoId: REPO}, 'a'],
      ['with a prompt that is too long', {...body, prompt: 'x'.repeat(100_001)}, 'b'],
      ["with somebody else's repository", {...body, repoId: NOBODYS}, 'c'],
      ['with an unknown harness', {...body, harness: 'other'}, 'd'],
      ['with a working branch that is the base', {...body, workingBranch: 'main'}, 'e'],
      ['with a body that is not an object', '"text"', 'f'],
      ['with a body that is not JSON', '{', 'g'],
    ] as const) {
      it(`refuses a request ${title}: 400`, async () => {
        await expectFailure(await post(wrong, key), 400, 'BAD_REQUEST')
      })
    }
  })

  it('starts at most 10 in a minute; repeats with the same key do not count', async () => {
    const own = await startLocalCloud()
    const {access_token: token} = await own.signIn('grace@example.test')
    const repoId = own.accounts.at(1)?.repositories.at(0)?.id
    const start = (key: string) =>
      fetch(`${own.url}${V1}/runs`, {
        method: 'POST',
        headers: {authorization: `Bearer ${token}`, 'idempotency-key': key},
        body: JSON.stringify({repoId, prompt: 'Mend it.'}),
      })
    for (let count = 0; count < 10; count++) expect((await start(`k${count}`)).status).to.equal(202)
    const refused = await start('k10')
    expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60)
    await expectFailure(refused, 429, 'RATE_LIMITED')
    expect((await start('k0')).status).to.equal(202)
    await own.close()
  })

  it('have a sandbox each, which only a browser session may stop', async () => {
    const own = await startLocalCloud({runPace: 0})
    const id = own.startRun('ada@example.test', 'quiet')
    own.startRun('ada@example.test')
    const {access_token: token} = await own.signIn('ada@example.test')
    const {run} = await dataOf<{run: {sandboxRecordId: string}}>(`/runs/${id}`, 'GET', own)
    const {sandboxes} = await dataOf<{sandboxes: {id: string; repoId: string; status: string}[]}>(
      `/sandboxes?status=running&repoId=${REPO}`,
      'GET',
      own,
    )
    expect(sandboxes.map((one) => one.id)).to.deep.equal([run.sandboxRecordId])
    expect(
      (await dataOf<{sandboxes: object[]}>('/sandboxes', 'GET', own)).sandboxes,
    ).to.have.length(2)
    const stop = await ask(`${own.url}${V1}/sandboxes/${sandboxes[0]?.id}/stop`, token, 'POST')
    await expectFailure(stop, 403, 'FORBIDDEN')
    await own.close()
  })

  describe('the home page', () => {
    const signIn = (browser: Browser) =>
      browser.fetch('/login', {
        method: 'POST',
        body: new URLSearchParams({email: 'ada@example.test', password: 'demo-ada-2026'}),
      })

    it('starts a run for the signed-in user, and shows how to follow it', async () => {
      const browser = cloud.browser('ada@example.test')
      const signedOut = await browser.fetch('/')
      expect(await signedOut.text()).not.to.include('action="/runs"')
      await signIn(browser)
      expect(await (await browser.fetch('/')).text()).to.include('action="/runs"')
      const started = await browser.fetch('/runs', {
        method: 'POST',
        body: new URLSearchParams({prompt: 'fail'}),
      })
      expect(started.status).to.equal(303)
      const page = await (await browser.fetch(started.headers.get('location') ?? '')).text()
      const [, id = ''] = /<code>mogplex attach ([\w-]{36})<\/code>/.exec(page) ?? []
      expect((await eventsOf(id)).run.status).to.equal('failed')
    })

    it("shows nobody else's run, and lets no other site start one", async () => {
      const browser = cloud.browser('ada@example.test')
      await signIn(browser)
      const id = cloud.startRun('grace@example.test')
      expect(await (await browser.fetch(`/?run=${id}`)).text()).not.to.include(id)
      const foreign = await fetch(`${cloud.url}/runs`, {
        method: 'POST',
        headers: {origin: 'https://evil.example'},
        redirect: 'manual',
      })
      expect(foreign.status).to.equal(403)
      const nobody = await fetch(`${cloud.url}/runs`, {method: 'POST', redirect: 'manual'})
      expect(nobody.headers.get('location')).to.equal('/login')
    })
  })
})
