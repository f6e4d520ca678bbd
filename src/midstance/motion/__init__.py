"""How exercises are moved: from the ``[motion]`` record to a clip of a jointed body, and to drawings of it.

``body`` and ``kinematics`` are the body, ``stances`` the postures records start from, ``contact``, ``solver`` and
``keys`` put poses on the ground, ``frames`` fills the time between them, ``clip`` is what the player gets, ``draw`` and
``still`` turn it into shapes. ``web/static/player/figure.js`` is the twin of ``pose_at`` and ``draw``.
"""
