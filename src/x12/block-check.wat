;; Marks of each segment of a block whether it is plain and nothing is wrong with its elements. `areRight` in quick-check.ts says
;; the same of one segment; the two are tested for agreeing. The bytes of block-check-wasm.ts are this text assembled:
;;
;;   npx --package wabt wat2wasm src/x12/block-check.wat --output=- | base64 --wrap=0
;;
;; It works in the memory of block-scan.wat, on what `scan` has left there. A segment that it doesn't mark may be right all the
;; same: a value that takes more than a look (a code of more than three characters, an exponent, 29 February) is not for it.
;;
;; At 983040 it writes a byte for each segment: 1 where it is right. At 512 there are the days of the months. Tables stand where
;; block-check.ts puts them, in ints of four bytes:
;;
;;   a dictionary: a shift, three unused, then pairs of a segment's key and its list, hashed; key 0 where free
;;   a list: how many elements, bits of those mandatory, bits of those present when all was right last, how many notes, where
;;     they are, three unused; then for each element how to look at it, its least length, how much longer it may be, its codes
;;     (a code is 3 characters at most, counted from 0)
;;   notes: kind, mask and mask of the first, as in syntax-notes.ts
;;   codes: a shift, a mask, then the codes packed, hashed; 0 where free
(module
  (import "scan" "memory" (memory 64 64))
  (func (export "check") (param $from i32) (param $count i32) (param $dictionary i32)
    (local $entry i32) (local $last i32) (local $key i32) (local $slot i32) (local $held i32) (local $list i32)
    (local $first i32) (local $stop i32) (local $present i32) (local $bit i32) (local $start i32) (local $end i32)
    (local $length i32) (local $rule i32) (local $how i32) (local $codes i32) (local $packed i32) (local $right i32)
    (local $digits i32) (local $points i32) (local $all i32) (local $bytes v128) (local $month i32) (local $day i32)
    (local $note i32) (local $notes i32) (local $there i32) (local $mask i32)
    (block $over
      (loop $segment
        (br_if $over (i32.ge_u (local.get $from) (local.get $count)))
        (local.set $right (i32.const 0))
        (block $done
          (local.set $entry (i32.shl (local.get $from) (i32.const 4)))
          (local.set $last (i32.load offset=458760 (local.get $entry)))
          (br_if $done (i32.and (local.get $last) (i32.const 7)))
          ;; Its list. Key 0 is none.
          (local.set $key (i32.load offset=458764 (local.get $entry)))
          (br_if $done (i32.eqz (local.get $key)))
          (local.set $slot
            (i32.shl
              (i32.shr_u (i32.mul (local.get $key) (i32.const 0x9e3779b1)) (i32.load (local.get $dictionary)))
              (i32.const 3)))
          (block $found
            (loop $probe
              (local.set $held (i32.load offset=16 (i32.add (local.get $dictionary) (local.get $slot))))
              (br_if $found (i32.eq (local.get $held) (local.get $key)))
              (br_if $done (i32.eqz (local.get $held)))
              (local.set $slot
                (i32.and (i32.add (local.get $slot) (i32.const 8))
                         (i32.load offset=4 (local.get $dictionary))))
              (br $probe)))
          (local.set $list (i32.load offset=20 (i32.add (local.get $dictionary) (local.get $slot))))
          (local.set $first (i32.load offset=458756 (local.get $entry)))
          (local.set $last (i32.shr_u (local.get $last) (i32.const 3)))
          (br_if $done
            (i32.gt_u (i32.sub (local.get $last) (local.get $first)) (i32.load (local.get $list))))
          ;; Its elements. $first and $stop go by the bytes of `ends`.
          (local.set $first (i32.shl (local.get $first) (i32.const 2)))
          (local.set $stop (i32.shl (local.get $last) (i32.const 2)))
          (local.set $start (i32.add (i32.load offset=65536 (local.get $first)) (i32.const 1)))
          (local.set $rule (i32.add (local.get $list) (i32.const 32)))
          (local.set $present (i32.const 0))
          (local.set $bit (i32.const 1))
          (block $checked
            (loop $element
              (br_if $checked (i32.ge_u (local.get $first) (local.get $stop)))
              (local.set $first (i32.add (local.get $first) (i32.const 4)))
              (local.set $end (i32.load offset=65536 (local.get $first)))
              (local.set $length (i32.sub (local.get $end) (local.get $start)))
              (block $next
                (br_if $next (i32.eqz (local.get $length)))
                (local.set $present (i32.or (local.get $present) (local.get $bit)))
                (local.set $how (i32.load (local.get $rule)))
                (if (i32.eqz (local.get $how)) ;; by its length
                  (then
                    ;; Behind a blank in front there may be nothing but blanks.
                    (br_if $done (i32.eq (i32.load8_u offset=1024 (local.get $start)) (i32.const 0x20)))
                    (br_if $next
                      (i32.le_u (i32.sub (local.get $length) (i32.load offset=4 (local.get $rule)))
                                (i32.load offset=8 (local.get $rule))))
                    (br $done)))
                (if (i32.eq (local.get $how) (i32.const 1)) ;; by its code
                  (then
                    (br_if $done (i32.gt_u (local.get $length) (i32.load offset=8 (local.get $rule))))
                    ;; The 1 in front tells lengths apart. Bytes come the last one highest from memory, and are turned.
                    (local.set $packed (i32.load offset=1024 (local.get $start)))
                    (local.set $packed
                      (i32.or
                        (i32.or (i32.shl (i32.and (local.get $packed) (i32.const 0xff)) (i32.const 16))
                                (i32.and (local.get $packed) (i32.const 0xff00)))
                        (i32.and (i32.shr_u (local.get $packed) (i32.const 16)) (i32.const 0xff))))
                    (local.set $packed
                      (i32.or
                        (i32.shr_u (local.get $packed)
                                   (i32.shl (i32.sub (i32.const 3) (local.get $length)) (i32.const 3)))
                        (i32.shl (i32.const 1) (i32.shl (local.get $length) (i32.const 3)))))
                    (local.set $codes (i32.load offset=12 (local.get $rule)))
                    (local.set $slot
                      (i32.shl
                        (i32.shr_u (i32.mul (local.get $packed) (i32.const 0x9e3779b1)) (i32.load (local.get $codes)))
                        (i32.const 2)))
                    (loop $code
                      (local.set $held (i32.load offset=8 (i32.add (local.get $codes) (local.get $slot))))
                      (br_if $next (i32.eq (local.get $held) (local.get $packed)))
                      (br_if $done (i32.eqz (local.get $held)))
                      (local.set $slot
                        (i32.and (i32.add (local.get $slot) (i32.const 4)) (i32.load offset=4 (local.get $codes))))
                      (br $code))))
                (br_if $done (i32.gt_u (local.get $how) (i32.const 5)))
                ;; A number, a date or a time, of at most 16 characters. A minus is passed over.
                (if (i32.lt_u (local.get $how) (i32.const 4))
                  (then
                    (local.set $held
                      (i32.eq (i32.load8_u offset=1024 (local.get $start)) (i32.const 0x2d)))
                    (local.set $start (i32.add (local.get $start) (local.get $held)))
                    (local.set $length (i32.sub (local.get $length) (local.get $held)))))
                (br_if $done (i32.gt_u (i32.sub (local.get $length) (i32.const 1)) (i32.const 15)))
                (local.set $bytes (v128.load offset=1024 (local.get $start)))
                (local.set $all (i32.sub (i32.shl (i32.const 1) (local.get $length)) (i32.const 1)))
                (local.set $digits
                  (i32.and (local.get $all)
                    (i8x16.bitmask
                      (i8x16.le_u (i8x16.sub (local.get $bytes) (i8x16.splat (i32.const 0x30)))
                                  (i8x16.splat (i32.const 9))))))
                (if (i32.eq (local.get $how) (i32.const 3)) ;; decimal: there may be a point, which does not count
                  (then
                    (local.set $points
                      (i32.and (local.get $all)
                        (i8x16.bitmask (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 0x2e))))))
                    (br_if $done (i32.and (local.get $points) (i32.sub (local.get $points) (i32.const 1))))
                    (br_if $done (i32.eqz (local.get $digits)))
                    (local.set $length (i32.popcnt (local.get $digits)))
                    (local.set $digits (i32.or (local.get $digits) (local.get $points)))))
                (br_if $done (i32.ne (local.get $digits) (local.get $all)))
                (br_if $done
                  (i32.gt_u (i32.sub (local.get $length) (i32.load offset=4 (local.get $rule)))
                            (i32.load offset=8 (local.get $rule))))
                (br_if $next (i32.lt_u (local.get $how) (i32.const 4)))
                (if (i32.eq (local.get $how) (i32.const 4)) ;; date
                  (then
                    (br_if $done (i32.and (i32.ne (local.get $length) (i32.const 8)) (i32.ne (local.get $length) (i32.const 6))))
                    (local.set $month (i32.load offset=1020 (local.get $end)))
                    (local.set $day
                      (i32.add
                        (i32.mul (i32.and (i32.shr_u (local.get $month) (i32.const 16)) (i32.const 0xf)) (i32.const 10))
                        (i32.and (i32.shr_u (local.get $month) (i32.const 24)) (i32.const 0xf))))
                    (local.set $month
                      (i32.add
                        (i32.mul (i32.and (local.get $month) (i32.const 0xf)) (i32.const 10))
                        (i32.and (i32.shr_u (local.get $month) (i32.const 8)) (i32.const 0xf))))
                    ;; There is a byte for each of the months 0 to 99, 0 for those that are none.
                    (br_if $next
                      (i32.lt_u (i32.sub (local.get $day) (i32.const 1))
                                (i32.load8_u offset=512 (local.get $month))))
                    (br $done)))
                ;; Time: HHMM, then SS, and what comes after it may be any digit.
                (br_if $done (i32.lt_u (local.get $length) (i32.const 4)))
                (br_if $done (i32.eq (local.get $length) (i32.const 5)))
                (br_if $done (i32.gt_u (local.get $length) (i32.const 8)))
                (local.set $month (i32.load offset=1024 (local.get $start)))
                (br_if $done
                  (i32.gt_u
                    (i32.add
                      (i32.mul (i32.and (local.get $month) (i32.const 0xf)) (i32.const 10))
                      (i32.and (i32.shr_u (local.get $month) (i32.const 8)) (i32.const 0xf)))
                    (i32.const 23)))
                (br_if $done (i32.gt_u (i32.and (local.get $month) (i32.const 0xff0000)) (i32.const 0x350000)))
                (if (i32.gt_u (local.get $length) (i32.const 4))
                  (then
                    (br_if $done (i32.gt_u (i32.load8_u offset=1028 (local.get $start)) (i32.const 0x35))))))
              (local.set $bit (i32.shl (local.get $bit) (i32.const 1)))
              (local.set $start (i32.add (local.get $end) (i32.const 1)))
              (local.set $rule (i32.add (local.get $rule) (i32.const 16)))
              (br $element)))
          ;; Which are there.
          (local.set $right (i32.const 1))
          (br_if $done (i32.eq (local.get $present) (i32.load offset=8 (local.get $list))))
          (local.set $right (i32.const 0))
          (local.set $mask (i32.load offset=4 (local.get $list)))
          (br_if $done (i32.ne (i32.and (local.get $present) (local.get $mask)) (local.get $mask)))
          (local.set $notes (i32.load offset=12 (local.get $list)))
          (local.set $note (i32.load offset=16 (local.get $list)))
          (block $kept
            (loop $each
              (br_if $kept (i32.eqz (local.get $notes)))
              (local.set $mask (i32.load offset=4 (local.get $note)))
              (local.set $there (i32.and (local.get $present) (local.get $mask)))
              (local.set $held (i32.and (local.get $there) (i32.load offset=8 (local.get $note))))
              (block $one
                (block $list (block $conditional (block $exclusive (block $required (block $paired
                  (br_table $paired $required $exclusive $conditional $list (i32.load (local.get $note))))
                  ;; paired
                  (br_if $one (i32.eqz (local.get $there)))
                  (br_if $one (i32.eq (local.get $there) (local.get $mask)))
                  (br $done))
                  ;; required
                  (br_if $one (local.get $there))
                  (br $done))
                  ;; exclusive
                  (br_if $one (i32.eqz (i32.and (local.get $there) (i32.sub (local.get $there) (i32.const 1)))))
                  (br $done))
                  ;; conditional
                  (br_if $one (i32.eqz (local.get $held)))
                  (br_if $one (i32.eq (local.get $there) (local.get $mask)))
                  (br $done))
                ;; list conditional
                (br_if $done (i32.eq (local.get $there) (i32.load offset=8 (local.get $note)))))
              (local.set $note (i32.add (local.get $note) (i32.const 12)))
              (local.set $notes (i32.sub (local.get $notes) (i32.const 1)))
              (br $each)))
          (i32.store offset=8 (local.get $list) (local.get $present))
          (local.set $right (i32.const 1)))
        (i32.store8 offset=983040 (local.get $from) (local.get $right))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (br $segment)))))
