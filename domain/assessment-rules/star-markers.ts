// Which words show the situation, the task, the action and the result of an answer?
import type { Star, StarPart } from '../assessment.ts';
import type { ListedLanguage } from '../text-metrics/languages.ts';
import type { MarkedText } from '../text-metrics/marked-text.ts';
import { evidenceOf, findPhrases, phrase } from '../text-metrics/marked-text.ts';
import type { Word } from '../transcript.ts';

type Markers = { readonly [Part in StarPart]: readonly RegExp[] };

// Past tenses that no -ed shows, of things people do at work.
const irregular =
  'built|rebuilt|wrote|rewrote|made|ran|led|set|took|gave|spoke|told|brought|began|chose|drew|drove|found|got|held|kept|met|put|read|sent|shown|showed|sat|split|taught|went|cut|broke|did|spent|sold|fought|dealt|came up';
// Regular forms that state a wish, a feeling or a need, and no deed.
const noDeed =
  'needed|wanted|liked|loved|hated|hoped|wished|seemed|happened|lived|existed|believed|supposed|worried|learned|realized|realised|used|failed|involved|excited|tired|scared|called|red|bed|need|feed|speed|indeed';
const time = '(?:week|month|year|quarter|summer|winter|spring|autumn|fall|semester)';
const place =
  '(?:company|job|team|role|position|project|employer|workplace|internship|university|school|startup|start-up|client)';

const english: Markers = {
  situation: [
    phrase(
      `(?:at|in|on|with|during) (?:my|our|the|a) (?:last|previous|current|former|old|first|second|recent|small|large|big) (?:[\\p{L}-]+ )?${place}`,
    ),
    phrase(
      `(?:at|in|on|during) my ${place}|when (?:i|we) (?:was|were|worked|joined|started|had)|(?:a|one|two|three|four|five|\\d+|a few|several|some) ${time}s? ago|(?:last|in the first|that) ${time}`,
    ),
    phrase(
      'back (?:in|when|then)|at (?:the|that) time|one day|there was (?:an?|this)|(?:we|i) (?:had|faced|were facing) an?(?: [\\p{L}-]+)? (?:problem|issue|challenge|situation|deadline|outage|incident|bug|conflict|customer|client)|the (?:situation|problem|challenge|issue|background|context) (?:was|is)|i (?:was working|worked|used to work) (?:at|for|in|on|as|with)',
    ),
  ],
  task: [
    phrase(
      '(?:my|our|the) (?:own )?(?:task|job|role|goal|aim|objective|responsibility|mission|assignment|target) (?:was|were|is|became)',
    ),
    phrase(
      'i (?:was|became) (?:responsible|in charge|asked|tasked|assigned|told|supposed|expected|accountable)|(?:i|we) (?:had|needed|have|need) to|i took (?:ownership|responsibility|charge)|it was (?:my|up to me)|they (?:asked|wanted) me to|my (?:manager|boss|lead|team) (?:asked|wanted|told) me to',
    ),
  ],
  action: [
    phrase(
      `i (?:then |also |first |so |just |quickly |immediately |carefully |personally |finally )?(?!(?:${noDeed}) )(?:[\\p{L}-]{2,}ed|${irregular})(?! to be )`,
    ),
    phrase(
      '(?:what i did|the first thing i did|my first step|my approach) (?:was|is)|i (?:was able|managed|made sure|decided|started|began) to',
    ),
  ],
  result: [
    phrase(
      'as a (?:result|consequence)|the (?:result|outcome|impact|effect) (?:was|is|were)|in the end|at the end|(?:this|that|which|it) (?:led|resulted|brought|meant|saved|helped|allowed|reduced|increased|improved|cut)|result(?:ed|ing) in|thanks to (?:this|that)|ever since|since then',
    ),
    phrase(
      "(?:went|dropped|fell|rose|grew|increased|decreased|came down|was reduced|were reduced|improved) (?:from|by|to)|(?:reduced|increased|improved|cut|saved|doubled|halved|decreased|grew|boosted) (?:[\\p{L}'-]+ ){0,4}(?:by|to|from)|by (?:about |around |nearly |over |almost |more than )?(?:\\d+[\\d.,]*|[\\p{L}-]+) ?(?:percent|per cent|%)",
    ),
    phrase(
      "(?:what )?i(?:'ve)? learned|(?:that |this |it )?taught me|the lesson|we (?:finished|delivered|shipped|launched|succeeded|met the deadline|won)|(?:it|we|they|everyone|everybody) (?:was|were) (?:a success|successful|happy|satisfied|thrilled)",
    ),
  ],
};

const portuguese: Markers = {
  situation: [
    phrase(
      '(?:na|no|em|numa|num) (?:minha|meu|nossa|nosso|última|último|uma|um)?(?: ?(?:última|último|antiga|antigo|anterior|primeira|primeiro|atual))? ?(?:empresa|emprego|trabalho|equipe|time|projeto|estágio|faculdade|universidade|cargo|cliente)(?: (?:anterior|passad[ao]|atual))?',
    ),
    phrase(
      'quando (?:eu |a gente |nós )?(?:trabalhava|estava|era|entrei|comecei|trabalhei)|(?:há|faz) (?:cerca de )?(?:um|uma|dois|duas|três|quatro|cinco|alguns|algumas|\\d+) (?:anos?|mês|meses|semanas?)|(?:no|na) (?:ano|mês|semana) passad[ao]|naquela época|um dia|uma vez|(?:tivemos|tínhamos|tinha|havia|enfrentamos) um (?:grande )?(?:problema|desafio|conflito|prazo)|o (?:problema|desafio|contexto) era',
    ),
  ],
  task: [
    phrase(
      '(?:minha|meu|nossa|nosso|a|o) (?:tarefa|papel|função|objetivo|meta|responsabilidade|missão|trabalho) era|(?:eu )?(?:era|fui|fiquei|estava) (?:responsável|encarregad[ao]|designad[ao])|(?:eu )?(?:tinha|tive|tínhamos|tivemos) (?:que|de)|(?:eu )?precis(?:ava|ei|ávamos)|me pediram',
    ),
  ],
  action: [
    phrase(
      '(?:eu |então |depois |primeiro |também )(?!(?:foi|fui|aqui|ali|oi|lei|sei|gostei|precisei|fiquei|achei|aprendi|pensei|falei que) )[\\p{L}]{2,}(?:ei|i)',
    ),
    phrase(
      '(?:eu )?(?:fiz|decidi|criei|desenvolvi|implementei|organizei|conversei|analisei|propus|comecei a|resolvi|escrevi|reescrevi|medi|montei|liderei|apresentei|mudei|automatizei|testei|planejei|reuni)',
    ),
  ],
  result: [
    phrase(
      'como resultado|o resultado (?:foi|é)|no final|no fim|com isso|por causa disso|graças a isso|a partir daí|desde então',
    ),
    phrase(
      '(?:reduzi(?:mos|u)?|diminuiu|aumentou|aumentamos|melhorou|melhoramos|caiu|subiu|passou|economizamos) (?:[\\p{L}-]+ ){0,4}(?:em|de|para)|(?:em|por) (?:cerca de )?\\d+[\\d.,]* ?(?:por cento|%)|(?:eu )?aprendi|(?:isso )?me ensinou|(?:conseguimos|entregamos|deu certo|foi um sucesso)',
    ),
  ],
};

const markers: { readonly [Language in ListedLanguage]: Markers } = { en: english, pt: portuguese };

export const starParts = ['situation', 'task', 'action', 'result'] as const satisfies readonly StarPart[];

const mostEvidencePerPart = 10;

/** The words that show each part, in order of time, at most ten each; a part without words is absent. */
export function findStar(marked: MarkedText, language: ListedLanguage, words: readonly Word[]): Star {
  const evidence = (part: StarPart): Star[StarPart] =>
    findPhrases(marked, markers[language][part])
      .slice(0, mostEvidencePerPart)
      .map((occurrence) => evidenceOf(words, occurrence));
  return {
    situation: evidence('situation'),
    task: evidence('task'),
    action: evidence('action'),
    result: evidence('result'),
  };
}
