//! One number, a lock around it, and a condition variable for the threads that wait.

use std::mem;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use crate::sync::{Condvar, Mutex, MutexGuard};

/// A counting semaphore: it hands out permits, and makes a thread wait when none is left.
///
/// A semaphore starts with a number of permits. [`acquire`] takes one, and blocks the calling
/// thread while there is none to take. Dropping the [`Permit`] puts it back and wakes one of the
/// threads that wait. With `n` permits, at most `n` threads are between the two at any moment,
/// unless [`add_permits`] raises the count.
///
/// A semaphore with one permit is called *binary*. It is not a mutex: no thread owns it, any
/// thread may put a permit back, and [`add_permits`] can raise its count above one.
///
/// A semaphore with more than one permit excludes nobody: several threads are in the section at
/// once, and what they change needs protection of its own: a lock, or one atomic step.
///
/// # Order
///
/// The semaphore is not fair. A thread that calls [`acquire`] at the moment a permit comes back
/// may take it ahead of threads that have waited for longer.
///
/// # Memory
///
/// What a thread wrote before it put a permit back, every thread that takes a permit after that
/// sees.
///
/// # Poisoning
///
/// A semaphore cannot be poisoned. Its state is one integer, which no panic can leave half
/// written, so it ignores the poison flag of the lock inside it. A thread that panics while it
/// holds a permit gives the permit back as its stack unwinds.
///
/// # Examples
///
/// Eight threads, of which at most two are in the section at once:
///
/// ```
/// use std::sync::atomic::{AtomicUsize, Ordering};
/// use std::thread;
///
/// use semaphores::Semaphore;
///
/// let semaphore = Semaphore::new(2);
/// let inside = AtomicUsize::new(0);
///
/// thread::scope(|scope| {
///     for _ in 0..8 {
///         scope.spawn(|| {
///             let _permit = semaphore.acquire();
///             assert!(inside.fetch_add(1, Ordering::SeqCst) < 2);
///             inside.fetch_sub(1, Ordering::SeqCst);
///         });
///     }
/// });
///
/// assert_eq!(semaphore.available_permits(), 2);
/// ```
///
/// [`acquire`]: Semaphore::acquire
/// [`add_permits`]: Semaphore::add_permits
// ANCHOR: state
#[derive(Debug)]
pub struct Semaphore {
    /// How many permits are left to take: a count, and no more than a count.
    permits: Mutex<usize>,
    /// Where threads sleep while the count is zero.
    returned: Condvar,
}
// ANCHOR_END: state

impl Semaphore {
    /// Makes a semaphore with this many permits.
    ///
    /// Zero is a count like any other: every [`acquire`](Semaphore::acquire) then waits until a
    /// thread calls [`add_permits`](Semaphore::add_permits).
    ///
    /// # Examples
    ///
    /// ```
    /// use semaphores::Semaphore;
    ///
    /// assert_eq!(Semaphore::new(3).available_permits(), 3);
    /// assert!(Semaphore::new(0).try_acquire().is_none());
    /// ```
    pub fn new(permits: usize) -> Self {
        Self {
            permits: Mutex::new(permits),
            returned: Condvar::new(),
        }
    }

    /// Takes a permit, and blocks the calling thread until there is one to take.
    ///
    /// A thread that acquires twice holds two permits: the second call does not return the first
    /// permit. On a semaphore with one permit it therefore waits for another thread to add one.
    ///
    /// # Examples
    ///
    /// ```
    /// use semaphores::Semaphore;
    ///
    /// let semaphore = Semaphore::new(1);
    ///
    /// let permit = semaphore.acquire();
    /// assert_eq!(semaphore.available_permits(), 0);
    ///
    /// drop(permit);
    /// assert_eq!(semaphore.available_permits(), 1);
    /// ```
    // ANCHOR: acquire
    pub fn acquire(&self) -> Permit<'_> {
        let mut permits = self.lock();
        while *permits == 0 {
            permits = self
                .returned
                .wait(permits)
                .unwrap_or_else(PoisonError::into_inner);
        }
        *permits -= 1;
        Permit { semaphore: self }
    }
    // ANCHOR_END: acquire

    /// Takes a permit if there is one now, and returns `None` if there is none.
    ///
    /// It does not wait for a permit. It may wait for as long as another thread needs to count
    /// up or down.
    ///
    /// # Examples
    ///
    /// ```
    /// use semaphores::Semaphore;
    ///
    /// let semaphore = Semaphore::new(1);
    ///
    /// let permit = semaphore.try_acquire().expect("the only permit is free");
    /// assert!(semaphore.try_acquire().is_none());
    ///
    /// drop(permit);
    /// assert!(semaphore.try_acquire().is_some());
    /// ```
    #[must_use = "a permit that is not kept goes back at once"]
    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        let mut permits = self.lock();
        *permits = permits.checked_sub(1)?;
        Some(Permit { semaphore: self })
    }

    /// Takes a permit, and returns `None` if there is none to take before `timeout` has passed.
    ///
    /// The time runs from the call. A thread that is woken and finds that another thread was
    /// faster goes on waiting for the rest of the time, not for all of it again. A permit that
    /// is there is taken, whatever the timeout: a timeout of zero makes this a
    /// [`try_acquire`](Semaphore::try_acquire).
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::{Duration, Instant};
    ///
    /// use semaphores::Semaphore;
    ///
    /// let semaphore = Semaphore::new(0);
    /// let timeout = Duration::from_millis(20);
    ///
    /// let start = Instant::now();
    /// assert!(semaphore.acquire_timeout(timeout).is_none());
    /// assert!(start.elapsed() >= timeout);
    /// ```
    #[must_use = "a permit that is not kept goes back at once"]
    pub fn acquire_timeout(&self, timeout: Duration) -> Option<Permit<'_>> {
        let start = Instant::now();
        let mut permits = self.lock();
        while *permits == 0 {
            // Not `start + timeout`: that sum panics for a timeout such as `Duration::MAX`.
            let left = timeout.saturating_sub(start.elapsed());
            if left.is_zero() {
                return None;
            }
            // Whether the wait timed out does not matter: the count and the clock say it all.
            (permits, _) = self
                .returned
                .wait_timeout(permits, left)
                .unwrap_or_else(PoisonError::into_inner);
        }
        *permits -= 1;
        Some(Permit { semaphore: self })
    }

    /// Adds `n` permits, and wakes threads that wait for one.
    ///
    /// The caller need not hold a permit, nor ever have held one. So one thread can tell another
    /// that something has happened: start with zero permits, add one for each event, and
    /// [`forget`](Permit::forget) each permit that announced an event.
    ///
    /// # Panics
    ///
    /// Panics if the count would exceed [`usize::MAX`]. The count then stays as it was.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::thread;
    ///
    /// use semaphores::Semaphore;
    ///
    /// let parsed = Semaphore::new(0);
    ///
    /// thread::scope(|scope| {
    ///     scope.spawn(|| parsed.add_permits(1));
    ///     parsed.acquire().forget();
    /// });
    ///
    /// assert_eq!(parsed.available_permits(), 0);
    /// ```
    #[track_caller]
    pub fn add_permits(&self, n: usize) {
        let mut permits = self.lock();
        *permits = permits
            .checked_add(n)
            .expect("a semaphore counts no more than usize::MAX permits");
        drop(permits);
        match n {
            0 => {}
            1 => self.returned.notify_one(),
            // Threads that find no permit left go back to sleep.
            _ => self.returned.notify_all(),
        }
    }

    /// Tells how many permits were left when it looked.
    ///
    /// The number is for a log line or a test. Another thread may change it before you read it,
    /// so do not decide by it whether to acquire: that is what
    /// [`try_acquire`](Semaphore::try_acquire) is for.
    pub fn available_permits(&self) -> usize {
        *self.lock()
    }

    /// Locks the count, poisoned or not: see *Poisoning* above.
    fn lock(&self) -> MutexGuard<'_, usize> {
        self.permits.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A permit of a [`Semaphore`], which goes back when this value is dropped.
///
/// A permit may be sent to another thread and dropped there: the guard of a [`std::sync::Mutex`]
/// may not.
///
/// Bind it to a name. `let _ = semaphore.acquire();` drops the permit at the end of that
/// statement; `let _permit = semaphore.acquire();` keeps it to the end of the block.
#[must_use = "a permit that is not kept goes back at once"]
#[derive(Debug)]
// ANCHOR: permit
pub struct Permit<'a> {
    semaphore: &'a Semaphore,
}
// ANCHOR_END: permit

impl Permit<'_> {
    /// Ends this permit without putting it back: the semaphore has one permit fewer from now on.
    ///
    /// Together with [`Semaphore::add_permits`] this splits taking a permit from putting one
    /// back, so that each can be the work of another thread.
    ///
    /// # Examples
    ///
    /// ```
    /// use semaphores::Semaphore;
    ///
    /// let semaphore = Semaphore::new(2);
    ///
    /// semaphore.acquire().forget();
    /// assert_eq!(semaphore.available_permits(), 1);
    ///
    /// semaphore.add_permits(1);
    /// assert_eq!(semaphore.available_permits(), 2);
    /// ```
    pub fn forget(self) {
        mem::forget(self);
    }
}

// ANCHOR: drop
impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let mut permits = self.semaphore.lock();
        // A destructor should not panic, so a count at its maximum stays there.
        *permits = permits.saturating_add(1);
        drop(permits);
        self.semaphore.returned.notify_one();
    }
}
// ANCHOR_END: drop
