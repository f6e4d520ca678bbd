"""Words of docs/reports/mirror-measures.md around the tables that ``mirror_measures.py`` makes."""

from __future__ import annotations

HEAD = """
# How true the mirror's measures are

Written by `python benchmarks/mirror_measures.py` (half a minute) from the data beside the checkout
(`../shared/data/README.md`); `--check` compares only. No row of the data stands here, only what was computed. Counting
repetitions has its own report.

**In short.** The sway formulas reproduce a laboratory's table on the 12 trials that are here. Joint angles of a depth
camera differ from a laboratory's cameras by 6 to 32 degrees as they stand, and by 2 to 18 about their own mean
difference: the change within one person on one day is told better than the angle itself, and feet are told badly. No
data here have the browser's pose model beside a laboratory, so the errors on the screen are borrowed from that
comparison. What concerns one leg, and sway from a camera, is shown on **made motion only**: it tests the formulas and
what noise does to them, not people.
"""

PARTS = (
    """
## Sway: the formulas beside a force plate

BDS (Santos and Duarte 2016, PeerJ 4:e2648): quiet standing on both feet, 60 s at 100 Hz, the centre of pressure as
published (low-passed by its authors). The part of the authors' table here has 978 trials, raw data are here of 12,
all of one person.

{plates}

The definitions were found by trying on these trials. The ellipse is the 95 % prediction ellipse with the F
distribution (Schubert and Kirchner 2014) and agrees to twelve digits. The speed is the mean step times the rate; the
authors divide by one place more. The frequency is the mean of the power of both directions together (Welch, parts of
30 s, half overlapping, Hann window, each about its mean); the largest remaining difference is unexplained. 12 trials
of one person show that the arithmetic is the same, not how the measures do among people.

**Other plates.** PDS (dos Santos et al. 2017) has four raw trials here and no table beside them: nothing to agree
with, but the order is as expected, foam and closed eyes sway more. Low-passed at 10 Hz.

{pds}
""",
    """
## Sway: what a camera's pictures do to it

The same 12 paths as a camera would get them: 30 pictures a second, jitter added to every place, then what the mirror
does (25 a second, low-pass at 2 Hz). Shown: middle ratio to the plate's own value, and correlation over the trials.

{quiet}

The spread (rms) bears jitter, the area less, **the path does not**: with 5 mm of jitter it is twice as long. The
spread is the one to trust. This says nothing about the other step, from pressure under the feet to hips in a picture,
for which there are no data here: sway by camera stays a stand-in, to be compared with oneself only.
""",
    """
## Joint angles: a depth camera beside a laboratory

UI-PRMD (Vakanski et al. 2018): Kinect joints at 30 Hz and Vicon markers at 100 Hz of the same repetitions, two people,
ten correct repetitions of three movements. Angles between three joints in space, by the same function for both; shin
and trunk against upright. Differences are Kinect less Vicon.

{angles}

What is and is not compared:

- The systems' files are cut apart by hand, each for itself. Their clocks are aligned by the shift (up to 1.5 s) in
  which the two knee curves differ least in spread; this favours the knee a little.
- Of the incorrect repetitions, files of one number are not of one repetition (the first squat bends the knee by 69
  degrees in one system and by 108 in the other), so they are left out.
- Vicon joint centres are estimated from skin markers (hips after Bell 1990), which alone costs degrees: part of the
  mean difference is between definitions, not an error of the camera. The Kinect's hip lies elsewhere than the Vicon's.
- The Kinect's turns are read in the order z, x, y, chosen among six because the skeletons then agree best.
- Two markers jump in the inline lunge; frames with a bone of impossible length are left out. The Kinect sees the lunge
  from the front, with one leg behind the other.
- Of a third person without Vicon data (number 6) the Kinect tells knees bent by up to 169 degrees, more than a knee
  bends: single people can be told much worse than these two.
- A Kinect is no pose model: this is the error of *a* consumer camera, the closest that the data here allow.

The Kinect's own angles, as far as a knee's bend follows from them, give what our function gives from places. They come
from the same skeleton, so this checks arithmetic only:

{own}
""",
    """
## The measures themselves, one value a repetition

The same repetitions through `measure()`: both systems seen from the side (or front) without perspective, in the plane
of the picture. Measures of the side in the squat only, those of the front also in the side lunge; joints that move out
of the picture's plane are withheld, which takes elbow, shoulder and ten of the squats' knees and hips away. The last
column is what the screen shows as the error of one value: the larger mean absolute difference, rounded up; for elbow
and shoulder from the table above; for the inward knee more, because of what a turned body does (below).

{measures}

Correlations are low because the two people squat alike every time, so there is little to correlate. Left and right of
one repetition are no two people: the lean of the trunk is one value with two signs. The range of the ankle is of no
use by a Kinect.

**Beside a picture.** The same Vicon squats, right side, in space and as a camera 3 m away sees them: mean absolute
difference [degrees] when the body is turned away from sideways.

{picture}
""",
    """
## Joint angles: OpenCap

One trial of squats: joint angles of OpenSim, no places. A body of usual lengths is put into these angles, so bones and
landmarks are made and only the motion is real. The mirror's three-point angles are compared with the joint angles:
this tests what the words mean, not a camera.

{opencap}

Knee and elbow mean the same. The mirror's hip is the angle from shoulder to knee and so holds the bend of the lower
back: beside OpenSim's hip it differs by 34 degrees, beside hip and back together by 9. The ankle differs by a
constant: the line to the toes is not the sole.
""",
    """
## Made motion: faults of a single-leg squat

**Nobody moves here.** The figure does three single-leg squats to seven tenths of the exercise's depth, seen from the
front. An angle of 0, 10 or 20 degrees is put in exactly, growing with depth. Noise is the standard deviation of each
place in each picture in per cent of body height; the pose model's own jitter above 2 Hz, looked at once in the still
start of the squat video, was 0.2 to 0.5 %.

Knee inward [degrees]; less than was put in, because the deepest pictures, in which the thigh looks short, are left
out, and because a near knee looks farther from the middle of the picture:

{knee}

Drop of the free hip [degrees]:

{drop}

Lean of the trunk to the standing side [degrees]:

{lean}

Faults counted over five squats (R56; hands on the hips, standing still):

{faults}

A few degrees of turning make an inward knee out of none: 8 degrees add 10. So the mirror withholds it from 10 degrees
on, as far as the depth of shoulders and hips tells, and the number is for comparing a runner with herself. A tilted
camera tilts hips and trunk by as much. The largest of many noisy pictures is a little too large: 1 to 4 degrees where
nothing was put in.
""",
    """
## Made motion: sway by camera

**Nobody stands here.** The figure on one leg, hips moved over the foot by a known slow random path for 30 s; what was
put in → what was measured [per cent of body height].

{sway}

## Made motion: tempo

Repetitions of 90 degrees with eased ways, away-pause-back [s], put in → measured:

{tempo}

Noise makes the pause shorter, because the turn is sought beside the farthest value.
""",
)

TAIL = """
## What is not known

- How the browser's pose model does beside a laboratory, for any of these measures.
- How far hip movement in a picture follows sway on a plate; the error of the sway measures is therefore shown as
  unknown.
- Anything about bodies unlike the few people here: seven in UI-PRMD, of whom two have Vicon data; one at the plate.
- Loose clothes, poor light, wide-angle lenses: no data.
"""
