;; The scan of block-scan.ts in WebAssembly, 64 bytes at a time. Its twin in TypeScript, `scanBlockPlainly`, says what it does;
;; the two are tested for equality. The bytes of block-scan-wasm.ts are this text assembled:
;;
;;   npx --package wabt wat2wasm src/x12/block-scan.wat --output=- | base64 --wrap=0
;;
;; Memory: 0 kinds of the 256 bytes, 256 counts (ends, inner), 1024 the block (32 KiB at most, and 64 letters after it, so
;; that the last step finds nothing beyond), then four arrays of 32,768 ints: 65536 ends, 196608 innerEnds, 327680 inner,
;; 458752 segments.
(module
  (memory (export "memory") 9 9)
  (func (export "scan")
    (param $length i32) (param $element i32) (param $component i32) (param $repetition i32) (param $terminator i32)
    (result i32)
    (local $at i32) (local $part i32) (local $marks i64) (local $position i32) (local $kind i32)
    (local $ends i32) (local $inner i32) (local $segments i32) (local $flags i32) (local $free i32)
    (local $bytes v128) (local $isElement v128) (local $isComponent v128) (local $isRepetition v128) (local $isTerminator v128)
    (local.set $isElement (i8x16.splat (local.get $element)))
    (local.set $isComponent (i8x16.splat (local.get $component)))
    (local.set $isRepetition (i8x16.splat (local.get $repetition)))
    (local.set $isTerminator (i8x16.splat (local.get $terminator)))
    (block $over
      (loop $step
        (br_if $over (i32.ge_u (local.get $at) (local.get $length)))
        ;; A bit for each of 64 bytes that is a delimiter, or outside of 20..7E.
        (local.set $part (i32.const 0))
        (local.set $marks (i64.const 0))
        (loop $sixteen
          (local.set $bytes (v128.load offset=1024 (i32.add (local.get $at) (local.get $part))))
          (local.set $marks
            (i64.or (local.get $marks)
              (i64.shl
                (i64.extend_i32_u
                  (i8x16.bitmask
                    (v128.or
                      (v128.or
                        (v128.or (i8x16.eq (local.get $bytes) (local.get $isElement))
                                 (i8x16.eq (local.get $bytes) (local.get $isTerminator)))
                        (v128.or (i8x16.eq (local.get $bytes) (local.get $isComponent))
                                 (i8x16.eq (local.get $bytes) (local.get $isRepetition))))
                      (i8x16.gt_u (i8x16.sub (local.get $bytes) (i8x16.splat (i32.const 0x20)))
                                  (i8x16.splat (i32.const 0x5e))))))
                (i64.extend_i32_u (local.get $part)))))
          (local.set $part (i32.add (local.get $part) (i32.const 16)))
          (br_if $sixteen (i32.lt_u (local.get $part) (i32.const 64))))
        (block $done
          (loop $mark
            (br_if $done (i64.eqz (local.get $marks)))
            (local.set $position (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $marks)))))
            (local.set $marks (i64.and (local.get $marks) (i64.sub (local.get $marks) (i64.const 1))))
            (local.set $kind (i32.load8_u (i32.load8_u offset=1024 (local.get $position))))
            (if (i32.eq (local.get $kind) (i32.const 1)) ;; element
              (then
                (i32.store offset=65536 (local.get $ends) (local.get $position))
                (i32.store offset=196608 (local.get $ends) (i32.shr_u (local.get $inner) (i32.const 2)))
                (local.set $ends (i32.add (local.get $ends) (i32.const 4)))
                (br $mark)))
            (if (i32.eq (local.get $kind) (i32.const 4)) ;; terminator
              (then
                (i32.store offset=65536 (local.get $ends) (local.get $position))
                (i32.store offset=196608 (local.get $ends) (i32.shr_u (local.get $inner) (i32.const 2)))
                (i32.store offset=458752 (local.get $segments) (i32.or (local.get $ends) (local.get $flags)))
                (local.set $ends (i32.add (local.get $ends) (i32.const 4)))
                (local.set $segments (i32.add (local.get $segments) (i32.const 4)))
                (local.set $flags (i32.const 0))
                (local.set $free (i32.add (local.get $position) (i32.const 1)))
                (br $mark)))
            (if (i32.or (i32.eq (local.get $kind) (i32.const 2)) (i32.eq (local.get $kind) (i32.const 3)))
              (then
                (i32.store offset=327680 (local.get $inner)
                  (i32.or (i32.shl (local.get $position) (i32.const 1)) (i32.eq (local.get $kind) (i32.const 3))))
                (local.set $inner (i32.add (local.get $inner) (i32.const 4)))
                (local.set $flags (i32.or (local.get $flags) (i32.const 2)))
                (br $mark)))
            ;; A line break right after a terminator is no part of the segment that follows.
            (if (i32.and (i32.eq (local.get $kind) (i32.const 6)) (i32.eq (local.get $position) (local.get $free)))
              (then (local.set $free (i32.add (local.get $free) (i32.const 1))))
              (else (local.set $flags (i32.or (local.get $flags) (i32.const 1)))))
            (br $mark)))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (br $step)))
    (i32.store offset=256 (i32.const 0) (i32.shr_u (local.get $ends) (i32.const 2)))
    (i32.store offset=260 (i32.const 0) (i32.shr_u (local.get $inner) (i32.const 2)))
    (i32.shr_u (local.get $segments) (i32.const 2))))
