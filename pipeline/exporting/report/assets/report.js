"use strict";
(() => {
  const box = document.getElementById("words");
  const count = document.getElementById("count");
  const projects = [...document.querySelectorAll("article")].map((article) => ({
    article,
    item: document.querySelector(`[data-of="${article.id}"]`),
    words: null,
  }));
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ");
  const show = () => {
    const wanted = plain(box.value).trim().split(" ").filter(Boolean);
    let shown = 0;
    for (const one of projects) {
      one.words ??= plain(one.article.textContent);
      const fits = wanted.every((word) => one.words.includes(word));
      one.article.hidden = one.item.hidden = !fits;
      shown += fits;
    }
    const said = shown === 1 ? count.dataset.one : count.dataset.more;
    count.textContent = wanted.length ? said.replace("{count}", shown) : "";
  };
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target && target.closest("[hidden]")) {
      box.value = "";
      show();
      target.scrollIntoView();
    }
  };
  document.getElementById("filter").hidden = false;
  box.addEventListener("input", show);
  addEventListener("hashchange", reveal);
})();
