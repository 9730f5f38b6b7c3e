import {expect} from 'chai'
import {type Column, table} from '../../../src/terminal/table.js'
import {widthOf} from '../../../src/terminal/cell-width.js'
import {MARKED, PLAIN} from '../app/make-display-options.js'

interface Fruit {
  readonly name: string
  readonly about: string
  readonly price: string
}

const PARTS: readonly Column<Fruit>[] = [
  {title: 'fruit', cell: ({name}) => name},
  {title: 'about', cell: ({about}) => about, shrinks: true},
  {title: 'price', cell: ({price}) => price},
]
const FRUIT: readonly Fruit[] = [
  {name: 'apple', about: 'from an orchard of ours', price: '$1'},
  {name: 'fig', about: '', price: '$10'},
]
const WHOLE = [
  'fruit  about                    price',
  'apple  from an orchard of ours  $1',
  'fig                             $10',
]

function lines(columns: number | undefined): string[] {
  return table(FRUIT, PARTS, {palette: PLAIN, columns}).split('\n')
}

describe('table', () => {
  it('keeps its width where the reader is not a terminal, or a wide one', () => {
    expect(lines(undefined)).to.deep.equal(WHOLE)
    expect(lines(38)).to.deep.equal(WHOLE)
  })

  it('shrinks the only shrinkable column, by as much as needed', () => {
    expect(lines(37)[1]).to.equal('apple  from an orchard of ou…  $1')
    expect(lines(27)[1]).to.equal('apple  from an orc…  $1')
    expect(Math.max(...lines(27).map(({length}) => length))).to.equal(26)
  })

  it('shows one entry below the other where that is not enough', () => {
    expect(lines(25)).to.deep.equal([
      'apple',
      '  about  from an orchard',
      '         of ours',
      '  price  $1',
      'fig',
      '  price  $10',
    ])
    expect(table(FRUIT, PARTS.slice(0, 1), {palette: PLAIN, columns: 3})).to.equal('apple\nfig')
  })

  it('counts cells, not characters', () => {
    const fruit = [
      {name: '林檎', about: '果樹園から来た', price: '$1'},
      {name: 'fig', about: 'e\u0301', price: '$10'},
    ]
    const rows = table(fruit, PARTS, {palette: PLAIN, columns: undefined}).split('\n')
    expect(rows).to.deep.equal([
      'fruit  about           price',
      '林檎   果樹園から来た  $1',
      'fig    e\u0301               $10',
    ])
    const narrow = table(fruit, PARTS, {palette: PLAIN, columns: 28}).split('\n')
    expect(narrow[1]).to.equal('林檎   果樹園から来…  $1')
    expect(narrow.map((row) => widthOf(row)).every((width) => width < 28)).to.equal(true)
  })

  it('does not shrink without such a column', () => {
    const fixed = PARTS.map(({title, cell}) => ({title, cell}))
    expect(table(FRUIT, fixed, {palette: PLAIN, columns: 37})).to.match(/^apple\n {2}about/)
  })

  it('is emphasised after it is laid out', () => {
    const {palette} = MARKED
    expect(table(FRUIT, PARTS, {palette, columns: undefined}).split('\n')).to.deep.equal([
      '<faint fruit  about                    price>',
      '<strong apple>  from an orchard of ours  $1',
      '<strong fig>                             $10',
    ])
    expect(table(FRUIT, PARTS, {palette, columns: 20})).to.match(/^<strong apple>\n/)
  })

  it('leaves out an empty column, the first never', () => {
    const parts = [
      {title: 'nothing', cell: () => ''},
      ...PARTS.slice(2),
      {title: 'x', cell: () => ''},
    ]
    const [titles] = table(FRUIT, parts, {palette: PLAIN, columns: undefined}).split('\n')
    expect(titles).to.equal('nothing  price')
  })
})
