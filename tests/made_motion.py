"""Made motion: the figure's own animation and idle people, seen as landmarks with noise, dropouts and perspective.

No real person moves here. It covers what no real recording in reach covers, and is called made motion wherever a
number from it is shown.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from midstance.motion.body import HEIGHT, HINGES, INDEX, NAMES, Array
from midstance.motion.camera import CAMERAS, frames_of, pose_at
from midstance.motion.figure_landmarks import landmarks_of
from midstance.motion.kinematics import place, turned
from midstance.motion.landmarks import NAMES as LANDMARKS
from midstance.motion.landmarks import Series

if TYPE_CHECKING:
    from midstance.motion.clip import Clip

STILL_S = 2.0


@dataclass(frozen=True)
class Camera:
    """A camera on a stand: yaw from the runner's right towards the front [degrees], metres away and high."""

    yaw: float = 0.0
    metres: float = 3.5
    height: float = 1.0
    aspect: float = 16 / 9
    focal: float = 1.1     # picture heights: a phone or laptop of about 50 degrees from top to bottom


def times_of(clip: Clip, rounds: int, fps: float, rate: float = 1.0, still_s: float = STILL_S) -> tuple[Array, Array]:
    """Give times [s], and how many rounds are done at each, with a still start and end."""
    length = rounds * clip["seconds"] / rate
    times = np.arange(0, length + 2 * still_s, 1 / fps)
    return times, np.clip((times - still_s) * rate / clip["seconds"], 0, rounds)


def joints_of(clip: Clip, done: Array) -> Array:
    """Give the joints [m] of a clip after so many rounds, moving over the ground as the clip does."""
    frames = frames_of(clip)
    poses = [pose_at(clip, float(share % 1.0), frames) for share in done]
    joints = np.array([[pose[name] for name in NAMES] for pose in poses]) / 1000
    way = np.array([*clip["travel"], 0.0]) / 1000
    return np.asarray(joints + done[:, None, None] * way)


def seen(joints: Array, times: Array, yaw: float, pitch: float, *, noise_m: float = 0.0, dropped: float = 0.0,
         seed: int = 1) -> Series:
    """See joints without perspective, with landmarks that jitter [m] and frames that are lost (share)."""
    rng = np.random.default_rng(seed)
    points = landmarks_of(joints, yaw, pitch)
    points = points + rng.normal(0, noise_m, points.shape) if noise_m else points
    visibility = np.where(rng.random(len(times)) < dropped, 0.1, 0.99)[:, None] * np.ones((1, len(LANDMARKS)))
    return Series(times_s=times, points=points, visibility=visibility)


def shown(clip: Clip, rounds: int, fps: float, *, noise_m: float = 0.0, dropped: float = 0.0, rate: float = 1.0,
          seed: int = 1, yaw_off: float = 0.0) -> Series:
    """Show an exercise's animation to a camera that stands where the record says, or turned by some degrees."""
    times, done = times_of(clip, rounds, fps, rate)
    view = next(view for view, (yaw, pitch, _) in CAMERAS.items()
                if (yaw, pitch) == (clip["camera"]["yaw"], clip["camera"]["pitch"]))
    yaw, pitch, _ = CAMERAS[view]
    return seen(joints_of(clip, done), times, yaw + yaw_off, pitch, noise_m=noise_m, dropped=dropped, seed=seed)


def pictured(joints: Array, times: Array, camera: Camera, *, noise: float = 0.002, seed: int = 1) -> Series:
    """See joints [m] through a lens: shares of the picture's height, jitter as a share of it, unsure outside of it."""
    rng = np.random.default_rng(seed)
    points = landmarks_of(joints, camera.yaw, 0.0)
    far = np.maximum(points[..., 2] + camera.metres, 0.15)
    scale = camera.focal / far
    middle = far.mean(axis=1, keepdims=True)
    x = camera.aspect / 2 + points[..., 0] * scale
    y = 0.5 + (points[..., 1] + camera.height) * scale
    z = (far - middle) * camera.focal / middle
    out = (x < 0) | (x > camera.aspect) | (y < 0) | (y > 1)
    placed = np.stack([x, y, z], axis=-1) + rng.normal(0, noise, (*x.shape, 3))
    lost = rng.random(len(times)) < 0.02
    return Series(times_s=times, points=placed, visibility=np.where(out | lost[:, None], 0.2, 0.98))


Angles = dict[str, tuple[float, ...]]


@dataclass
class Body:
    """A person in a moment: where, facing where, how the joints are bent [degrees]."""

    x: float = 0.0
    y: float = 0.0
    heading: float = 0.0
    lean: float = 0.0
    angles: Angles = field(default_factory=dict)


def standing_on_floor(bodies: list[Body]) -> Array:
    """Place bodies with their lowest point on the floor: joints [m]."""
    angles = np.zeros((len(bodies), len(HINGES)))
    for row, body in enumerate(bodies):
        for spot, hinge in enumerate(HINGES):
            angles[row, spot] = math.radians(sum(
                share * body.angles[channel][which] for channel, which, share in hinge.parts
                if channel in body.angles and which < len(body.angles[channel])))
    angles = np.clip(angles, [hinge.low for hinge in HINGES], [hinge.high for hinge in HINGES])
    yaw = turned(np.array([[0, 0, math.radians(body.heading)] for body in bodies]))
    tilt = turned(np.array([[0, math.radians(body.lean), 0] for body in bodies]))
    root = np.array([[body.x, body.y, 0.0] for body in bodies])
    joints = place(root, yaw @ tilt, angles).joints
    feet = [INDEX[f"{side} {part}"] for side in ("left", "right") for part in ("heel", "ball")]
    joints[..., 2] -= joints[:, feet, 2].min(axis=1, keepdims=True) - 0.03 * HEIGHT
    return joints


class Idler:
    """Somebody who does no exercise: scenes are added one after the other at a frame rate.

    The camera stands on the side of growing y, ``metres`` away, where somebody looks along x as a runner does who
    shows his left, or on another side by its yaw.
    """

    def __init__(self, fps: float, camera: Camera, seed: int) -> None:
        self.fps, self.camera = fps, camera
        self.rng = np.random.default_rng(seed)
        self.bodies: list[Body] = []
        self.scenes: list[tuple[float, str]] = []
        self.x = self.y = self.heading = 0.0
        yaw = math.radians(camera.yaw)
        # The camera looks along (-sin yaw, cos yaw); it stands against that.
        self.to_camera = (math.sin(yaw), -math.cos(yaw))

    def _now(self) -> float:
        return len(self.bodies) / self.fps

    def _add(self, seconds: float, body: object) -> None:
        count = max(round(seconds * self.fps), 1)
        for k in range(count):
            self.bodies.append(body((k + 1) / count, k / self.fps))  # type: ignore[operator]

    def _sway(self) -> Angles:
        t = self._now()
        swing = 1.5 * math.sin(2 * math.pi * 0.23 * t) + 0.7 * math.sin(2 * math.pi * 0.61 * t)
        return {"left hip": (swing, 0, 0), "right hip": (swing, 0, 0), "left ankle": (swing, 0),
                "right ankle": (swing, 0), "left knee": (4 + swing,), "right knee": (4 - swing,),
                "spine": (1 + swing / 2, swing / 3, 2 * swing),
                **{f"{s} shoulder": (3 + 2 * swing, 6, 0) for s in ("left", "right")},
                **{f"{s} elbow": (12 + 3 * swing,) for s in ("left", "right")}}

    def _body(self, lean: float = 0.0, **more: tuple[float, ...]) -> Body:
        angles = self._sway() | {name.replace("_", " "): values for name, values in more.items()}
        return Body(x=self.x, y=self.y, heading=self.heading, lean=lean, angles=angles)

    def stand(self, seconds: float) -> None:
        """Stand and sway, shift the weight now and then."""
        self._add(seconds, lambda _share, _t: self._body())

    def scratch(self, seconds: float) -> None:
        """Put a hand to the head and rub."""
        side = "left" if self.rng.random() < 0.5 else "right"
        flexion, bend = self.rng.uniform(70, 130), self.rng.uniform(110, 145)

        def body(share: float, t: float) -> Body:
            up = math.sin(math.pi * share) ** 0.4
            rub = 6 * math.sin(2 * math.pi * 3 * t)
            return self._body(**{
                f"{side}_shoulder": (flexion * up, 25 * up, 0), f"{side}_elbow": (12 + bend * up + rub,),
                "spine": (4 * up, 6 * up, 8 * up)})
        self._add(seconds, body)

    def turn(self, degrees: float) -> None:
        """Turn on the spot with small steps."""
        start, seconds = self.heading, abs(degrees) / 110 + 0.3

        def body(share: float, t: float) -> Body:
            self.heading = start + degrees * share
            lift = [max(math.sin(2 * math.pi * 1.4 * t + shift), 0) for shift in (0, math.pi)]
            return self._body(left_hip=(18 * lift[0], 0, 0), left_knee=(30 * lift[0] + 4,),
                              right_hip=(18 * lift[1], 0, 0), right_knee=(30 * lift[1] + 4,))
        self._add(seconds, body)

    def walk(self, x: float, y: float) -> None:
        """Walk to a place, at a pace of one's own."""
        way = math.hypot(x - self.x, y - self.y)
        if way < 0.2:
            return
        aim = math.degrees(math.atan2(y - self.y, x - self.x))
        self.turn((aim - self.heading + 180) % 360 - 180)
        speed = self.rng.uniform(0.6, 1.35)
        cadence = 0.62 + 0.25 * speed     # strides a second
        from_x, from_y = self.x, self.y

        def body(share: float, t: float) -> Body:
            self.x, self.y = from_x + (x - from_x) * share, from_y + (y - from_y) * share
            return self._striding(t * cadence, speed)
        self._add(way / speed, body)

    def _striding(self, strides: float, speed: float) -> Body:
        size = 0.55 + 0.35 * min(speed, 1.35)
        more: Angles = {}
        for side, shift in (("right", 0.0), ("left", 0.5)):
            u = (strides + shift) % 1.0
            hip = size * (10 + 25 * math.cos(2 * math.pi * u))
            knee = size * (8 + 12 * math.exp(-((u - 0.15) / 0.08) ** 2) + 58 * math.exp(-((u - 0.73) / 0.11) ** 2))
            ankle = size * (4 * math.sin(2 * math.pi * (u - 0.1)) - 20 * math.exp(-((u - 0.64) / 0.06) ** 2))
            more |= {f"{side}_hip": (hip, 0, 0), f"{side}_knee": (max(knee, 2.0),), f"{side}_ankle": (ankle, 0)}
            swing = -math.cos(2 * math.pi * u)
            more |= {f"{side}_shoulder": (size * 22 * swing, 6, 0), f"{side}_elbow": (18 + 12 * size * (1 + swing),)}
        more["spine"] = (3.0, 2 * math.sin(2 * math.pi * strides), 8 * size * math.cos(2 * math.pi * strides))
        return self._body(2.0, **more)

    def adjust_camera(self) -> None:
        """Walk up to the camera, bend to it, reach for it, and walk back."""
        back = (self.x, self.y)
        near = self.camera.metres - self.rng.uniform(0.5, 0.9)
        self.walk(self.to_camera[0] * near, self.to_camera[1] * near)
        lean, reach = self.rng.uniform(10, 50), self.rng.uniform(40, 90)
        seconds = self.rng.uniform(2.5, 7)

        def body(share: float, t: float) -> Body:
            down = math.sin(math.pi * share) ** 0.5
            fiddle = 5 * math.sin(2 * math.pi * 1.1 * t)
            return self._body(lean * down, left_hip=(lean * down * 1.1, 0, 0), right_hip=(lean * down * 1.1, 0, 0),
                              left_knee=(4 + 30 * down,), right_knee=(4 + 30 * down,),
                              right_shoulder=(reach * down + fiddle, 5, 0), right_elbow=(20 + 30 * down + fiddle,))
        self._add(seconds, body)
        self.walk(*back)

    def sit(self, seconds: float) -> None:
        """Sit down on a chair once, stay, and stand up."""
        down_s, up_s = self.rng.uniform(1.2, 2.2), self.rng.uniform(1.0, 2.0)

        def seated(share: float) -> Body:
            bent = share * share * (3 - 2 * share)
            lean = 40 * math.sin(math.pi * share) + 5 * bent
            return self._body(lean, left_hip=(85 * bent + lean, 8, 0), right_hip=(85 * bent + lean, 8, 0),
                              left_knee=(4 + 86 * bent,), right_knee=(4 + 86 * bent,), left_ankle=(5 * bent, 0),
                              right_ankle=(5 * bent, 0), left_shoulder=(25 * bent, 6, 0), left_elbow=(15 + 45 * bent,),
                              right_shoulder=(25 * bent, 6, 0), right_elbow=(15 + 45 * bent,))
        self._add(down_s, lambda share, _t: seated(share))
        self._add(seconds, lambda _share, _t: seated(1.0))
        self._add(up_s, lambda share, _t: seated(1.0 - share))

    def series(self) -> Series:
        """See all of it through the camera."""
        joints = standing_on_floor(self.bodies)
        times = np.arange(len(self.bodies)) / self.fps
        return pictured(joints, times, self.camera, seed=int(self.rng.integers(1 << 30)))


def idle(minutes: float, fps: float, camera: Camera, seed: int) -> Series:
    """Make idle motion: walking about, stepping to the camera and adjusting it, swaying, scratching, sitting once."""
    person = Idler(fps, camera, seed)
    rng = person.rng
    sit_at, sat = minutes * 60 * rng.uniform(0.3, 0.7), False
    while len(person.bodies) < minutes * 60 * fps:
        person.scenes.append((len(person.bodies) / fps, ""))
        if not sat and len(person.bodies) / fps > sit_at:
            person.sit(rng.uniform(20, 40))
            sat = True
        scene = rng.integers(5)
        if scene == 0:
            person.stand(rng.uniform(4, 15))
        elif scene == 1:
            person.scratch(rng.uniform(2, 5))
        elif scene == 2:
            person.adjust_camera()
        elif scene == 3:
            person.turn(rng.uniform(-150, 150))
        else:
            person.walk(rng.uniform(-1.3, 1.3), rng.uniform(-1.3, 1.3))
    return person.series()
