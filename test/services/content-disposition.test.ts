// Can a file's name break out of the header that it stands in?
import { expect } from 'chai';
import { assert, property, string } from 'fast-check';
import { contentDisposition } from '../../services/content-disposition.ts';

describe('the disposition of a file', () => {
  it('shows what has no name', () => {
    expect(contentDisposition()).to.equal('inline');
  });

  const names: readonly (readonly [string, string, string])[] = [
    ['a.json', 'a.json', 'a.json'],
    ['a b.mp4', 'a b.mp4', 'a%20b.mp4'],
    ['"; filename=x.html', '_; filename=x.html', '%22%3B%20filename%3Dx.html'],
    ['entrevista ção.mp4', 'entrevista __o.mp4', 'entrevista%20%C3%A7%C3%A3o.mp4'],
    ["it's (1)*.mp4", "it's (1)*.mp4", 'it%27s%20%281%29%2A.mp4'],
    ['line\r\nSet-Cookie: a=b', 'line__Set-Cookie: a=b', 'line%0D%0ASet-Cookie%3A%20a%3Db'],
    ['100%.mp4', '100_.mp4', '100%25.mp4'],
  ];
  for (const [name, plain, encoded] of names) {
    it(`saves ${JSON.stringify(name)} under its name`, () => {
      expect(contentDisposition(name)).to.equal(
        `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`,
      );
    });
  }

  it('is one line of ASCII with one name each way, whatever the name', () => {
    assert(
      property(string({ unit: 'binary' }), (name) => {
        expect(contentDisposition(name)).to.match(
          /^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''[\w.~!%-]*$/,
        );
        expect(contentDisposition(name).split('"')).to.have.length(3);
      }),
    );
  });
});
