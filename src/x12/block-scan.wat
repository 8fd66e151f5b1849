;; The scan of block-scan.ts in WebAssembly, 64 bytes at a time. Its twin in TypeScript, `scanBlockPlainly`, says what it does;
;; the two are tested for equality. The bytes of block-scan-wasm.ts are this text assembled:
;;
;;   npx --package wabt wat2wasm src/x12/block-scan.wat --output=- | base64 --wrap=0
;;
;; Memory: 0 kinds of the 256 bytes, 256 counts (ends, inner), 1024 the block (32 KiB at most, and 64 letters after it, so
;; that the last step finds nothing beyond), then arrays of 32,768 ints: 65536 ends, 196608 innerEnds, 327680 inner; and at
;; 458752 the segments, four ints each. Ends are written twelve at a time, of which the last may mean nothing: beyond the
;; array they fall into innerEnds, which is written last.
;;
;; Where there is no separator of components or of repetitions, the terminator is given for it.
(module
  (memory (export "memory") 64 64)
  (func (export "scan")
    (param $length i32) (param $element i32) (param $component i32) (param $repetition i32) (param $terminator i32)
    (result i32)
    (local $at i32) (local $part i32) (local $marks i64) (local $special i64) (local $bits i64) (local $position i32)
    (local $kind i32) (local $ends i32) (local $end i32) (local $inner i32) (local $segments i32) (local $flags i32)
    (local $start i32) (local $first i32) (local $last i32) (local $id i32) (local $idLength i32) (local $idBits i32)
    (local $bytes v128) (local $ended v128)
    (local $isElement v128) (local $isComponent v128) (local $isRepetition v128) (local $isTerminator v128)
    (local.set $isElement (i8x16.splat (local.get $element)))
    (local.set $isComponent (i8x16.splat (local.get $component)))
    (local.set $isRepetition (i8x16.splat (local.get $repetition)))
    (local.set $isTerminator (i8x16.splat (local.get $terminator)))
    ;; The segment under way begins at $start, after line breaks, which are no part of it.
    (block $begun
      (loop $break
        (br_if $begun (i32.ne (i32.load8_u (i32.load8_u offset=1024 (local.get $start))) (i32.const 6)))
        (local.set $start (i32.add (local.get $start) (i32.const 1)))
        (br $break)))
    (block $over
      (loop $step
        (br_if $over (i32.ge_u (local.get $at) (local.get $length)))
        ;; $marks: a bit for each of 64 bytes that ends an element; $special: for each other delimiter, each terminator and
        ;; each byte outside of 20..7E.
        (local.set $marks (i64.const 0))
        (local.set $special (i64.const 0))
        (local.set $bytes (v128.load offset=1024 (local.get $at)))
        (local.set $ended (i8x16.eq (local.get $bytes) (local.get $isTerminator)))
        (local.set $marks
          (i64.or (local.get $marks)
            (i64.shl
              (i64.extend_i32_u
                (i8x16.bitmask (v128.or (local.get $ended) (i8x16.eq (local.get $bytes) (local.get $isElement)))))
              (i64.const 0))))
        (local.set $special
          (i64.or (local.get $special)
            (i64.shl
              (i64.extend_i32_u
                (i8x16.bitmask
                  (v128.or
                    (v128.or (local.get $ended) (i8x16.eq (local.get $bytes) (local.get $isComponent)))
                    (v128.or (i8x16.eq (local.get $bytes) (local.get $isRepetition))
                             (i8x16.gt_u (i8x16.sub (local.get $bytes) (i8x16.splat (i32.const 0x20)))
                                         (i8x16.splat (i32.const 0x5e)))))))
              (i64.const 0))))
        (local.set $bytes (v128.load offset=1040 (local.get $at)))
        (local.set $ended (i8x16.eq (local.get $bytes) (local.get $isTerminator)))
        (local.set $marks
          (i64.or (local.get $marks)
            (i64.shl
              (i64.extend_i32_u
                (i8x16.bitmask (v128.or (local.get $ended) (i8x16.eq (local.get $bytes) (local.get $isElement)))))
              (i64.const 16))))
        (local.set $special
          (i64.or (local.get $special)
            (i64.shl
              (i64.extend_i32_u
                (i8x16.bitmask
                  (v128.or
                    (v128.or (local.get $ended) (i8x16.eq (local.get $bytes) (local.get $isComponent)))
                    (v128.or (i8x16.eq (local.get $bytes) (local.get $isRepetition))
                             (i8x16.gt_u (i8x16.sub (local.get $bytes) (i8x16.splat (i32.const 0x20)))
                                         (i8x16.splat (i32.const 0x5e)))))))
              (i64.const 16))))
        (local.set $bytes (v128.load offset=1056 (local.get $at)))
        (local.set $ended (i8x16.eq (local.get $bytes) (local.get $isTerminator)))
        (local.set $marks
          (i64.or (local.get $marks)
            (i64.shl
              (i64.extend_i32_u
                (i8x16.bitmask (v128.or (local.get $ended) (i8x16.eq (local.get $bytes) (local.get $isElement)))))
              (i64.const 32))))
        (local.set $special
          (i64.or (local.get $special)
            (i64.shl
              (i64.extend_i32_u
                (i8x16.bitmask
                  (v128.or
                    (v128.or (local.get $ended) (i8x16.eq (local.get $bytes) (local.get $isComponent)))
                    (v128.or (i8x16.eq (local.get $bytes) (local.get $isRepetition))
                             (i8x16.gt_u (i8x16.sub (local.get $bytes) (i8x16.splat (i32.const 0x20)))
                                         (i8x16.splat (i32.const 0x5e)))))))
              (i64.const 32))))
        (local.set $bytes (v128.load offset=1072 (local.get $at)))
        (local.set $ended (i8x16.eq (local.get $bytes) (local.get $isTerminator)))
        (local.set $marks
          (i64.or (local.get $marks)
            (i64.shl
              (i64.extend_i32_u
                (i8x16.bitmask (v128.or (local.get $ended) (i8x16.eq (local.get $bytes) (local.get $isElement)))))
              (i64.const 48))))
        (local.set $special
          (i64.or (local.get $special)
            (i64.shl
              (i64.extend_i32_u
                (i8x16.bitmask
                  (v128.or
                    (v128.or (local.get $ended) (i8x16.eq (local.get $bytes) (local.get $isComponent)))
                    (v128.or (i8x16.eq (local.get $bytes) (local.get $isRepetition))
                             (i8x16.gt_u (i8x16.sub (local.get $bytes) (i8x16.splat (i32.const 0x20)))
                                         (i8x16.splat (i32.const 0x5e)))))))
              (i64.const 48))))
        ;; Where the ends are. Bits beyond the last count as 64 and are overwritten by the next step.
        (local.set $bits (local.get $marks))
        (local.set $end (local.get $ends))
        (loop $twelve
          (i32.store offset=65536 (local.get $end) (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $bits)))))
          (local.set $bits (i64.and (local.get $bits) (i64.sub (local.get $bits) (i64.const 1))))
          (i32.store offset=65540 (local.get $end) (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $bits)))))
          (local.set $bits (i64.and (local.get $bits) (i64.sub (local.get $bits) (i64.const 1))))
          (i32.store offset=65544 (local.get $end) (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $bits)))))
          (local.set $bits (i64.and (local.get $bits) (i64.sub (local.get $bits) (i64.const 1))))
          (i32.store offset=65548 (local.get $end) (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $bits)))))
          (local.set $bits (i64.and (local.get $bits) (i64.sub (local.get $bits) (i64.const 1))))
          (i32.store offset=65552 (local.get $end) (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $bits)))))
          (local.set $bits (i64.and (local.get $bits) (i64.sub (local.get $bits) (i64.const 1))))
          (i32.store offset=65556 (local.get $end) (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $bits)))))
          (local.set $bits (i64.and (local.get $bits) (i64.sub (local.get $bits) (i64.const 1))))
          (i32.store offset=65560 (local.get $end) (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $bits)))))
          (local.set $bits (i64.and (local.get $bits) (i64.sub (local.get $bits) (i64.const 1))))
          (i32.store offset=65564 (local.get $end) (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $bits)))))
          (local.set $bits (i64.and (local.get $bits) (i64.sub (local.get $bits) (i64.const 1))))
          (i32.store offset=65568 (local.get $end) (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $bits)))))
          (local.set $bits (i64.and (local.get $bits) (i64.sub (local.get $bits) (i64.const 1))))
          (i32.store offset=65572 (local.get $end) (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $bits)))))
          (local.set $bits (i64.and (local.get $bits) (i64.sub (local.get $bits) (i64.const 1))))
          (i32.store offset=65576 (local.get $end) (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $bits)))))
          (local.set $bits (i64.and (local.get $bits) (i64.sub (local.get $bits) (i64.const 1))))
          (i32.store offset=65580 (local.get $end) (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $bits)))))
          (local.set $bits (i64.and (local.get $bits) (i64.sub (local.get $bits) (i64.const 1))))
          (local.set $end (i32.add (local.get $end) (i32.const 48)))
          (br_if $twelve (i64.ne (local.get $bits) (i64.const 0))))
        (block $done
          (loop $mark
            ;; What lies before $start is a line break after a terminator.
            (if (i32.gt_s (local.get $start) (local.get $at))
              (then
                (br_if $done (i32.ge_s (local.get $start) (i32.add (local.get $at) (i32.const 64))))
                (local.set $special
                  (i64.and (local.get $special)
                    (i64.shl (i64.const -1) (i64.extend_i32_u (i32.sub (local.get $start) (local.get $at))))))))
            (loop $within
              (br_if $done (i64.eqz (local.get $special)))
              (local.set $bits (i64.sub (i64.and (local.get $special) (i64.sub (i64.const 0) (local.get $special))) (i64.const 1)))
              (local.set $position (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $special)))))
              (local.set $special (i64.and (local.get $special) (i64.sub (local.get $special) (i64.const 1))))
              (local.set $kind (i32.load8_u (i32.load8_u offset=1024 (local.get $position))))
              (if (i32.eq (local.get $kind) (i32.const 4)) ;; terminator
                (then
                  (local.set $last
                    (i32.add (i32.shr_u (local.get $ends) (i32.const 2))
                             (i32.wrap_i64 (i64.popcnt (i64.and (local.get $marks) (local.get $bits))))))
                  (local.set $id (i32.load offset=1024 (local.get $start)))
                  (local.set $idLength
                    (i32.sub (i32.load offset=65536 (i32.shl (local.get $first) (i32.const 2))) (local.get $start)))
                  (local.set $idBits
                    (select (i32.const 0x3ffffff)
                            (select (i32.const 0x2ffff00) (i32.const 0) (i32.eq (local.get $idLength) (i32.const 2)))
                            (i32.eq (local.get $idLength) (i32.const 3))))
                  (local.set $flags
                    (i32.or (local.get $flags)
                      (i32.shl
                        (i32.or
                          (i32.or (i32.eq (i32.and (local.get $id) (i32.const 0xffffff)) (i32.const 0x415349)) ;; ISA
                                  (i32.eq (i32.and (local.get $id) (i32.const 0xff)) (i32.const 0x42))) ;; B
                          (i32.or (i32.le_u (i32.and (local.get $id) (i32.const 0xff)) (i32.const 0x20))
                                  (i32.ge_s (i32.sub (local.get $last) (local.get $first)) (i32.const 16))))
                        (i32.const 2))))
                  (i32.store offset=458752 (local.get $segments) (local.get $start))
                  (i32.store offset=458756 (local.get $segments) (local.get $first))
                  (i32.store offset=458760 (local.get $segments)
                    (i32.or (i32.shl (local.get $last) (i32.const 3)) (local.get $flags)))
                  (i32.store offset=458764 (local.get $segments)
                    (i32.and (local.get $idBits)
                      (i32.or
                        (i32.or (i32.const 0x3000000) (i32.shl (i32.and (local.get $id) (i32.const 0xff)) (i32.const 16)))
                        (i32.or (i32.and (local.get $id) (i32.const 0xff00))
                                (i32.and (i32.shr_u (local.get $id) (i32.const 16)) (i32.const 0xff))))))
                  (local.set $segments (i32.add (local.get $segments) (i32.const 16)))
                  (local.set $first (i32.add (local.get $last) (i32.const 1)))
                  (local.set $flags (i32.const 0))
                  (local.set $start (i32.add (local.get $position) (i32.const 1)))
                  (br_if $within (i32.ne (i32.load8_u (i32.load8_u offset=1024 (local.get $start))) (i32.const 6)))
                  (loop $break
                    (local.set $start (i32.add (local.get $start) (i32.const 1)))
                    (br_if $break (i32.eq (i32.load8_u (i32.load8_u offset=1024 (local.get $start))) (i32.const 6))))
                  (br $mark)))
              (if (i32.or (i32.eq (local.get $kind) (i32.const 2)) (i32.eq (local.get $kind) (i32.const 3)))
                (then
                  (i32.store offset=327680 (local.get $inner)
                    (i32.or (i32.shl (local.get $position) (i32.const 1)) (i32.eq (local.get $kind) (i32.const 3))))
                  (local.set $inner (i32.add (local.get $inner) (i32.const 4)))
                  (local.set $flags (i32.or (local.get $flags) (i32.const 2)))
                  (br $within)))
              ;; An element separator may be a control character.
              (if (i32.ne (local.get $kind) (i32.const 1))
                (then (local.set $flags (i32.or (local.get $flags) (i32.const 1)))))
              (br $within))))
        (local.set $ends
          (i32.add (local.get $ends) (i32.shl (i32.wrap_i64 (i64.popcnt (local.get $marks))) (i32.const 2))))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (br $step)))
    (i32.store offset=256 (i32.const 0) (i32.shr_u (local.get $ends) (i32.const 2)))
    (i32.store offset=260 (i32.const 0) (i32.shr_u (local.get $inner) (i32.const 2)))
    ;; How many inner separators come before each end, where there are any.
    (if (local.get $inner)
      (then
        (local.set $position (i32.const 0))
        (local.set $end (i32.const 0))
        (block $counted
          (loop $count
            (br_if $counted (i32.ge_u (local.get $end) (local.get $ends)))
            (if (i32.lt_u (local.get $position) (local.get $inner))
              (then
                (if (i32.lt_u (i32.shr_u (i32.load offset=327680 (local.get $position)) (i32.const 1))
                              (i32.load offset=65536 (local.get $end)))
                  (then
                    (local.set $position (i32.add (local.get $position) (i32.const 4)))
                    (br $count)))))
            (i32.store offset=196608 (local.get $end) (i32.shr_u (local.get $position) (i32.const 2)))
            (local.set $end (i32.add (local.get $end) (i32.const 4)))
            (br $count)))))
    (i32.shr_u (local.get $segments) (i32.const 4))))
