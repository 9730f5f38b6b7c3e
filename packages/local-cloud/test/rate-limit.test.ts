import {expect} from 'chai'
import {startLocalCloud} from '../src/index.js'
import {readObject, refresh} from './support/authorization-request.js'

describe('the rate limit', function () {
  this.timeout(20_000)

  /** Three of them pass, where there is a limit. */
  const attempt = (url: string) => {
    const body = new URLSearchParams({email: 'ada@example.test', password: 'wrong'})
    return fetch(`${url}/login`, {method: 'POST', body})
  }

  it('answers 429 as the library does: plain text, X-Retry-After, no Retry-After', async () => {
    const cloud = await startLocalCloud({rateLimit: true})
    try {
      let answer = await refresh(cloud.url, 'unknown')
      for (let count = 1; count < 101 && answer.status !== 429; count++) {
        answer = await refresh(cloud.url, 'unknown')
      }
      expect(answer.status).to.equal(429)
      expect(answer.headers.get('content-type')).to.match(/^text\/plain/)
      expect(Number(answer.headers.get('x-retry-after'))).to.be.within(1, 10)
      expect(answer.headers.has('retry-after')).to.equal(false)
      expect(await readObject(answer)).to.deep.equal({
        message: 'Too many requests. Please try again later.',
      })
    } finally {
      await cloud.close()
    }
  })

  it('makes the sign-in page say how long to wait, and counts for each cloud separately', async () => {
    const [one, other] = await Promise.all([
      startLocalCloud({rateLimit: true}),
      startLocalCloud({rateLimit: true}),
    ])
    try {
      for (let count = 0; count < 3; count++) expect((await attempt(one.url)).status).to.equal(422)
      const limited = await attempt(one.url)
      expect(limited.status).to.equal(429)
      expect(await limited.text()).to.match(/Try again in \d+ seconds/)
      expect((await attempt(other.url)).status).to.equal(422)
    } finally {
      await Promise.all([one.close(), other.close()])
    }
  })

  it('is off by default', async () => {
    const cloud = await startLocalCloud()
    try {
      for (let count = 0; count < 6; count++) {
        expect((await attempt(cloud.url)).status).to.equal(422)
      }
    } finally {
      await cloud.close()
    }
  })
})
