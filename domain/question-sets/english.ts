// What is asked in English?
import type { QuestionSet } from '../question-sets.ts';

const set = (questionSetId: string, title: string, questions: string[]): QuestionSet => ({
  questionSetId,
  title,
  language: 'en',
  questions,
  origin: 'built-in',
});

/** Each question can be answered in two or three minutes, aloud, without notes. */
export const englishQuestionSets: readonly QuestionSet[] = [
  set('star-en', 'Tell me about a time (STAR)', [
    'Tell me about a time when you had to deliver something with far less time than you wanted. What did you leave out, and how did you decide?',
    'Describe a mistake of yours that other people noticed. What did you do in the first hour, and what is different since then?',
    'Tell me about a goal that you did not reach. What was in your hands, and what was not?',
    'Give an example of a decision that you had to make with incomplete information. How did it turn out?',
    'Tell me about something you improved although nobody had asked you to. How do you know that it got better?',
    'Describe a time when you had to learn something new quickly. How did you go about it, and how far did you get?',
    'Tell me about a time when you changed your mind because of what somebody else said.',
    'Describe the piece of work of the last two years that you are proudest of. What exactly was your own part in it?',
  ]),
  set('motivation-en', 'About you and what drives you', [
    'Walk me through your career so far in two minutes, and end with why you are sitting here today.',
    'Why this role, and why now?',
    'Which part of your present work would you gladly keep doing for another five years, and which part would you hand over tomorrow?',
    'What do colleagues come to you for?',
    'Describe the manager under whom you do your best work, and one under whom you would not.',
    'What have you been working on in yourself over the past year, and how far have you come?',
    'What would make you leave a job that you like?',
    'What should I have asked you so that I understand what you are good at?',
  ]),
  set('leadership-en', 'Leadership and conflict', [
    'Tell me about a disagreement with a colleague that mattered. What did each of you want, and where did you end up?',
    'Describe a time when you had to give somebody feedback that they did not want to hear. What were your first two sentences?',
    'Tell me about a decision of your manager’s that you thought was wrong. What did you do with that?',
    'Describe how you brought people along who did not report to you.',
    'Tell me about a team that was not working well. What did you notice first, and what did you change?',
    'Give an example of work that you handed over and that came back not as you expected. What did you do?',
    'Describe a time when you had to say no to a customer or to somebody important.',
    'Tell me about somebody who grew because of you. What did you do, and what did they do themselves?',
  ]),
  set('problem-solving-en', 'Technical work and problem solving', [
    'Explain something technical that you know well to somebody who has never heard of it.',
    'Tell me about the hardest fault you ever had to find. How did you narrow it down?',
    'Describe a technical decision of yours that you would make differently today. What did you not know then?',
    'You are given a system that is slow, and nobody knows why. What are your first three steps, and what would each of them tell you?',
    'Tell me about a time when you chose the simpler solution over the better one, or the other way round.',
    'How do you find out that something you built really works for the people who use it?',
    'Describe a risk that you saw early. Whom did you tell, how, and what came of it?',
    'How would you estimate the number of lifts in this city? Think aloud.',
  ]),
  set('first-job-en', 'First job and career change', [
    'What have you done so far, at school, at work or elsewhere, that has prepared you best for this role?',
    'Tell me about a project that you finished with others. What would have been missing without you?',
    'You have less experience than other applicants. Why should we choose you?',
    'Describe a situation in which you had to ask for help. How did you do that?',
    'How do you organise your week when more is asked of you than fits into it?',
    'Tell me about criticism that you remember. What have you made of it?',
    'What do you want to be able to do in two years that you cannot do today?',
  ]),
];
