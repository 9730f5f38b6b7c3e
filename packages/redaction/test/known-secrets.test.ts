import {expect} from 'chai'
import {knownSecrets} from '../src/index.js'

describe('knownSecrets', () => {
  it('registers a value once, trimmed, and none of fewer than 8 characters', () => {
    const known = knownSecrets()
    for (const value of ['12345678', ' 12345678\n', '1234567', '       1', '']) known.know(value)
    expect(known.since(0)).to.deep.equal(['12345678'])
  })

  it('detects a value in a text, whatever breaks it', () => {
    const known = knownSecrets()
    known.know('first-value')
    known.know('пароль-пароль')
    expect(known.standIn('It is fir\tst-\u200Bva lue.')).to.equal(true)
    expect(known.standIn('It is first-valu and пароль-пароль.')).to.equal(false)
    expect(known.standIn('')).to.equal(false)
  })

  it('returns the values that were added since', () => {
    const known = knownSecrets()
    known.know('first-value')
    const {size} = known
    known.know('second-value')
    expect(known.since(size)).to.deep.equal(['second-value'])
  })

  it('registers the credentials of an Authorization value, and the password of Basic', () => {
    const known = knownSecrets()
    known.know('Bearer the-token-itself')
    known.know(`Basic ${Buffer.from('ada:the-password').toString('base64')}`)
    expect(known.since(0)).to.include('the-token-itself').and.to.include('the-password')
  })
})
