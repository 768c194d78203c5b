// Do the parts that both pages share say what they should?
import { expect } from 'chai';
import { axisOf, ticksOf } from '../../report/axis.ts';
import { jsonData } from '../../report/page/markup.ts';
import { paragraphsOf } from '../../report/paragraphs.ts';

describe('parts of a report’s page', () => {
  it('writes JSON that cannot end its element and reads back the same', () => {
    const value = { text: '</script><!--<script>' };
    const { text } = jsonData(value);
    expect(text).to.not.include('<');
    expect(JSON.parse(text)).to.deep.equal(value);
  });

  it('starts a paragraph after a pause and at a sentence end once it is long', () => {
    const words = Array.from({ length: 60 }, (_, index) => ({
      text: index === 44 ? 'end.' : 'word',
      startSeconds: index + (index >= 50 ? 5 : 0),
      endSeconds: index + 0.9 + (index >= 50 ? 5 : 0),
    }));
    expect(paragraphsOf(words).map((paragraph) => paragraph.length)).to.deep.equal([45, 5, 10]);
  });

  it('labels the axis with at most nine round times', () => {
    expect(ticksOf(38)).to.deep.equal([0, 5, 10, 15, 20, 25, 30, 35]);
    expect(ticksOf(0.4)).to.deep.equal([0]);
    for (const length of [3, 61, 600, 1799, 3600]) expect(ticksOf(length).length).to.be.within(2, 10);
  });

  it('keeps the value on the range bar however far it lies from the band', () => {
    const band = { from: 130, to: 160, source: '' };
    expect(axisOf(400, band, 'words/min')).to.deep.equal({ low: 100, high: 400 });
    expect(axisOf(0, { to: 0, source: '' }, 's')).to.deep.equal({ low: 0, high: 4 });
    expect(axisOf(-70, { from: -27, to: -14, source: '' }, 'LUFS')).to.deep.equal({ low: -70, high: -5 });
  });
});
