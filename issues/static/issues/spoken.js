// What scripts say, in the page's language: each name has [Chinese, English].

const which = document.documentElement.lang.startsWith("en") ? 1 : 0;

// words(name, ...values): %1, %2 … stand for the values, %s for the first.
export function spoken(said) {
  return function words(name, ...values) {
    let text = said[name][which];
    values.forEach((value, at) => {
      text = text.replaceAll(`%${at + 1}`, value);
    });
    return values.length ? text.replace("%s", values[0]) : text;
  };
}
