// Comforts that no page depends on.

// A copy button says what it has done; where the clipboard is refused it stays as it was, and the text beside it can be
// selected.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.textContent = button.dataset.done;
});

// Cards of the board can be dragged, or picked up and carried with the arrow keys. Either way the card's own plain form is
// sent; a stage that asks for more, or lies behind, leads to the referral's page with that stage chosen.
const board = document.querySelector("[data-board]");
if (board) {
  const stops = [...board.querySelectorAll("[data-stage]")];
  const home = (card) => stops.indexOf(card.closest("[data-stage]"));
  const name = (part) => part.querySelector("h3, h4").textContent.trim();
  let held, over;

  const say = (sentence) => {
    board.querySelector("[data-say]").textContent = board.dataset[sentence]
      .replace("{card}", name(held))
      .replace("{stage}", name(stops[over]));
  };
  const aim = (stop) => {
    over = stop;
    stops.forEach((each, at) => each.toggleAttribute("data-aim", Boolean(held) && at === over));
  };
  const take = (card) => {
    held = card;
    board.toggleAttribute("data-held", Boolean(card));
    card?.querySelector("[data-pick]")?.setAttribute("aria-pressed", "true");
    aim(card ? home(card) : undefined);
  };
  const leave = () => {
    held?.querySelector("[data-pick]")?.setAttribute("aria-pressed", "false");
    take(undefined);
  };
  const put = (card, stop) => {
    const from = home(card), { stage } = stops[stop].dataset, form = card.querySelector("form");
    leave();
    if (stop === from) return;
    if (stop > from && form && stops[stop].matches(".lane")) {
      form.elements.move.value = stage;
      form.requestSubmit();
    } else {
      location.assign(`${card.dataset.page}?move=${stop < from ? "back-" : ""}${stage}#moves`);
    }
  };

  for (const card of board.querySelectorAll("[data-movable]")) {
    card.draggable = true;
    card.querySelector("a").draggable = false;
    card.addEventListener("dragstart", (event) => {
      event.dataTransfer.setData("text/plain", name(card));
      // Chrome ends a drag whose page changes within the same turn.
      setTimeout(take, 0, card);
    });
    card.addEventListener("dragend", leave);
    const pick = card.querySelector("[data-pick]");
    pick.hidden = false;
    pick.addEventListener("click", () => (held === card ? put(card, over) : (take(card), say("picked"))));
    pick.addEventListener("blur", () => held === card && leave());
    pick.addEventListener("keydown", (event) => {
      if (held !== card) return;
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        aim(Math.min(Math.max(over + step, 0), stops.length - 1));
        say("over");
      } else if (event.key === "Escape") {
        aim(home(card));
        say("back");
        leave();
      }
    });
  }
  stops.forEach((stop, at) => {
    stop.addEventListener("dragover", (event) => {
      if (!held) return;
      event.preventDefault();
      aim(at);
    });
    stop.addEventListener("drop", (event) => {
      if (!held) return;
      event.preventDefault();
      put(held, at);
    });
  });
}
