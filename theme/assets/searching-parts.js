/* What the search page needs beside the engine where an archive is so large that its index is in
   parts. Loaded there alone. */

const letters = (word) =>
  word
    .normalize("NFD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();

/* What the engine gives a place of the very word, or of one of its stem, is 512 times its weight
   squared; less for a longer or a shorter word. */
const SURE = 510;

const shared = (one, other) => {
  let count = 0;
  while (count < one.length && one[count] === other[count]) count += 1;
  return count;
};

/* Of how many words of a query the best result of a part gives evidence: by a word that begins with
   it, or has its stem. A word has the stem of that word of the query to which it is most alike. */
const known = (asked, { content, meta, weighted_locations: places }) => {
  const text = content.split(/\s+/).map(letters);
  const named = `${meta.title} ${meta.author || ""}`.split(/\s+/).map(letters);
  const found = [...named, ...places.map(({ location }) => text[location] || "")];
  const evident = new Set(asked.filter((word) => found.some((one) => one.startsWith(word))));
  for (const { location, weight, balanced_score: score } of places) {
    const one = text[location] || "";
    const alike = asked.map((word) => shared(word, one));
    if (score > SURE * weight ** 2) evident.add(asked[alike.indexOf(Math.max(...alike))]);
  }
  return evident.size;
};

const partOf = ({ id }) => id.slice(0, id.indexOf("_"));

/* For a word that it does not know the engine takes the longest beginning that it knows, in each
   part by itself: where one part knows a new word, the others would add what begins like it. Gives
   the parts that know as many words as any, and those that found something and know less. */
export const knowing = async (results, query) => {
  const best = {};
  for (const result of results) best[partOf(result)] ??= result;
  const parts = Object.keys(best);
  const shown = await Promise.all(parts.map((part) => best[part].data()));
  const asked = query.split(/\s+/).map(letters).filter(Boolean);
  const counts = shown.map((page) => known(asked, page));
  const most = Math.max(...counts);
  const knows = (_, at) => counts[at] === most;
  return [parts.filter(knows), parts.filter((part, at) => !knows(part, at))];
};

/* What the engine takes a word to be worth that so many of so many pages have. */
const worth = (size, count) => Math.log(1 + (size - count + 0.5) / (count + 0.5));

/* A part weighs words by how rare they are in it. Here what was found is weighed again, by how rare
   it is in all, and put in that order: exact for one word, and near for several. */
export const weigh = (found, all, sizes, parts) => {
  const counts = Object.fromEntries(parts.map((part) => [part, 0]));
  for (const result of all) if (partOf(result) in counts) counts[partOf(result)] += 1;
  const sum = (numbers) => numbers.reduce((one, other) => one + other, 0);
  const whole = worth(sum([...sizes.values()]), sum(Object.values(counts)));
  for (const result of found) {
    const part = partOf(result);
    result.score *= whole / worth(sizes.get(part), counts[part]);
  }
  found.sort((one, other) => other.score - one.score);
};
