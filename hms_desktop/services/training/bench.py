"""The laboratory's part of a walk: order, collect, enter what the story says, release by a second person."""

from dataclasses import dataclass
from decimal import Decimal

from hms_desktop.domain.accounts import Actor
from hms_desktop.domain.ids import Id
from hms_desktop.domain.lab import LabPriority, ResultKind
from hms_desktop.domain.lab_rows import EntryRow
from hms_desktop.domain.triage import Colour
from hms_desktop.interop.demo_clinic import ComplaintRow
from hms_desktop.services import lab, lab_orders, lab_release, lab_results, lab_specimens
from hms_desktop.services.training.scene import Scene, Stop


@dataclass(frozen=True)
class Bench:
    """The tests of one visit, for the doctor who wants them."""

    scene: Scene
    story: ComplaintRow
    visit_id: Id
    doctor: Actor
    colour: Colour

    def work(self, stop: Stop) -> None:
        """Order, collect, enter, release; as far as `stop`."""
        scene = self.scene
        urgent = LabPriority.URGENT if self.colour in {Colour.RED, Colour.YELLOW} else LabPriority.ROUTINE
        order = lab_orders.order_tests(
            scene.clinic, self.doctor,
            lab_orders.OrderTests(
                visit_id=self.visit_id, tests=self.story.tests, panels=self.story.panels, priority=urgent
            ),
        ).value  # fmt: skip
        if stop is Stop.LAB:
            return
        scene.clock.minutes(scene.random.uniform(3, 10))
        bench = scene.staff["tesfaye"]
        wanted = lab_specimens.CollectSpecimens(order_id=order.order_id, item_ids=order.item_ids, received=True)
        taken = lab_specimens.collect_specimens(scene.clinic, bench, wanted).value
        if stop is Stop.BENCH:
            return
        scene.clock.minutes(scene.random.uniform(12, 30))
        entered = [each for specimen in taken.specimens for each in self._enter(bench, specimen.specimen_id)]
        if stop is Stop.RELEASE:
            return
        scene.clock.minutes(scene.random.uniform(2, 8))
        self._release(order.order_id, entered)

    def _enter(self, bench: Actor, specimen_id: Id) -> list[lab_results.EnteredResult]:
        scene = self.scene
        sheet = lab.bench_sheet(scene.clinic, bench, specimen_id)
        typed = tuple(lab_results.Typed(entry.item_id, self._value(entry)) for entry in sheet.entries)
        command = lab_results.EnterResults(specimen_id=specimen_id, results=typed)
        return list(lab_results.enter_results(scene.clinic, bench, command).value.results)

    def _value(self, entry: EntryRow) -> str:
        """What the story says, else a normal answer."""
        told = self.story.expected.get(entry.test_code)
        if told is not None:
            return told
        if entry.rules.kind is ResultKind.CHOICE:
            return next((option.value for option in entry.rules.options if not option.abnormal), "")
        if entry.rules.kind is ResultKind.TEXT:
            return "Normal"
        limits = entry.limits
        low = limits.normal_low if limits and limits.normal_low is not None else Decimal(0)
        high = limits.normal_high if limits and limits.normal_high is not None else low + 10
        share = Decimal(self.scene.random.randint(25, 75)) / 100
        return format((low + (high - low) * share).quantize(Decimal(1).scaleb(-entry.rules.places)), "f")

    def _release(self, order_id: Id, entered: list[lab_results.EnteredResult]) -> None:
        scene = self.scene
        made = [each for each in entered if each.result_id is not None]
        calls = tuple(
            lab_release.CallNote(each.result_id, self.doctor.name, scene.clock.now, read_back=True)
            for each in made
            if each.critical and each.result_id is not None
        )
        ids = tuple(each.result_id for each in made if each.result_id is not None)
        command = lab_release.ReleaseResults(order_id=order_id, result_ids=ids, calls=calls)
        lab_release.release_results(scene.clinic, scene.staff["grace"], command)
