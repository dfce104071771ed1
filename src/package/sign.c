/* SPDX-License-Identifier: ISC */
/*
 * Makes, reads and writes the publisher's keys in minisign's formats, and
 * signs heads.  With a password, scrypt makes the bytes with which the secret
 * part of the file is XORed.  The user names the key file, but it may be
 * damaged or hostile: what scrypt may cost is limited, and the checksum and
 * the public key are checked.  Key files are only created, never overwritten.
 */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/secret.h"
#include "package/b64.h"
#include "package/blake2b.h"
#include "package/ed25519.h"
#include "package/seal.h"
#include "package/sign.h"

/*
 * A secret key file as minisign has it: a comment line, then the base64 of
 *	0 `Ed', 2 `Sc' or 0 0, 4 `B2', 6 salt, 38 opslimit, 46 memlimit,
 *	54 key id, 62 seed, 94 public key, 126 checksum
 * of which 54 to 157 are XORed with scrypt's output when 2 says `Sc'.
 * Numbers are little-endian, the checksum BLAKE2b-256 of `Ed', id, seed
 * and public key; minisign leaves it 0 in a key without a password.
 */
#define AT_KDF		2
#define AT_SUM_ALG	4
#define AT_SALT		6
#define AT_OPS		38
#define AT_MEM		46
#define AT_ID		54
#define AT_SEED		62
#define AT_PUBLIC	94
#define AT_SUM		126
#define RAW_LEN		158
#define SALT_LEN	32
#define HIDDEN_LEN	(RAW_LEN - AT_ID)
#define TEXT_LEN	B64_LEN(RAW_LEN)
#define FILE_MAX	4096
/*
 * The most that minisign itself asks of scrypt, libsodium's SENSITIVE pair:
 * seconds of work over 1 GiB.  A file that asks for more was not written by
 * minisign and could keep a machine busy for days.
 */
#define OPS_LIMIT	33554432u
#define MEM_LIMIT	(1024ull << 20)
#define COMMENT_SECRET	"untrusted comment: minisign encrypted secret key\n"

struct sign_key {
	uint8_t	id[8], seed[32], public[32];
};

static uint64_t	 get64(const uint8_t *);
static void	 put64(uint8_t *, uint64_t);
static int	 stretch(const char *, const uint8_t *, uint64_t, uint64_t,
		    uint8_t [HIDDEN_LEN]);
static void	 sum(const uint8_t *, uint8_t [32]);
static char	*secret_read(const char *, int, size_t *, struct err *);
static int	 text_to_raw(const char *, const char *, size_t,
		    uint8_t [RAW_LEN], struct err *);
static int	 reveal(const char *, uint8_t [RAW_LEN], sign_ask *, void *,
		    struct err *);
static int	 hide(uint8_t [RAW_LEN], const char *, uint64_t, struct err *);
static int	 file_put(const char *, mode_t, const char *, size_t,
		    struct err *);

static uint64_t
get64(const uint8_t *p)
{
	uint64_t	 v = 0;
	int		 i;

	for (i = 7; i >= 0; i--)
		v = v << 8 | p[i];
	return v;
}

static void
put64(uint8_t *p, uint64_t v)
{
	int	 i;

	for (i = 0; i < 8; i++, v >>= 8)
		*p++ = (uint8_t)v;
}

/*
 * scrypt with N and p found from the two limits in the way of libsodium's
 * crypto_pwhash_scryptsalsa208sha256(), r being 8.  -1 with errno.
 */
static int
stretch(const char *password, const uint8_t *salt, uint64_t ops,
    uint64_t mem, uint8_t out[HIDDEN_LEN])
{
	uint64_t	 n = 2, max, p = 1;

	if (ops < 32768)
		ops = 32768;
	max = ops < mem / 32 ? ops / 32 : mem / 1024;
	while (n <= max / 2)
		n *= 2;
	if (ops >= mem / 32)
		p = ops / 4 / n / 8;
	if (mem > MEM_LIMIT || ops > OPS_LIMIT || p < 1 || p > 1024) {
		errno = EINVAL;
		return -1;
	}
#ifdef LIBRESSL_VERSION_NUMBER	/* no scrypt there: keys without password */
	(void)password;
	(void)salt;
	(void)out;
	errno = ENOSYS;
	return -1;
#else
	if (EVP_PBE_scrypt(password, strlen(password), salt, SALT_LEN, n, 8,
	    p, n * 1024 + p * 1024 + (1u << 20), out, HIDDEN_LEN) != 1) {
		ERR_clear_error();
		errno = ENOMEM;
		return -1;
	}
	return 0;
#endif
}

static void
sum(const uint8_t *raw, uint8_t out[32])
{
	uint8_t	 all[2 + AT_SUM - AT_ID];

	memcpy(all, raw, 2);
	memcpy(all + 2, raw + AT_ID, AT_SUM - AT_ID);
	blake2b_256(all, sizeof(all), out);
	OPENSSL_cleanse(all, sizeof(all));
}

/* The text of a file that nobody else may read. */
static char *
secret_read(const char *path, int any, size_t *len, struct err *e)
{
	struct stat	 st;
	char		*text = NULL;
	int		 fd;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd == -1 || fstat(fd, &st) == -1)
		err_sys(e, "%s", path);
	else if (!S_ISREG(st.st_mode) || st.st_size > FILE_MAX)
		err_set(e, "%s: no secret key file", path);
	else if (secret_check(fd, path, any, e) == -1)
		;			/* e says what to do */
	else if ((text = calloc(1, FILE_MAX + 1)) == NULL)
		err_nomem(e);
	else if (file_pread_all(fd, text, (size_t)st.st_size, 0) == -1) {
		err_sys(e, "%s", path);
		free(text);
		text = NULL;
	} else
		*len = (size_t)st.st_size;
	if (fd != -1)
		close(fd);
	return text;
}

static int
text_to_raw(const char *path, const char *text, size_t len,
    uint8_t raw[RAW_LEN], struct err *e)
{
	const char	*s;

	if (strncmp(text, "untrusted comment:", 18) != 0 ||
	    (s = memchr(text, '\n', len)) == NULL) {
		err_set(e, "%s: no secret key file: its first line begins "
		    "with \"untrusted comment:\"", path);
		return -1;
	}
	s++;
	if (b64_parse(s, strcspn(s, "\r\n"), raw, RAW_LEN) == -1 ||
	    memcmp(raw, "Ed", 2) != 0 ||
	    memcmp(raw + AT_SUM_ALG, "B2", 2) != 0) {
		err_set(e, "%s: second line: no Ed25519 secret key of "
		    "minisign's", path);
		return -1;
	}
	return 0;
}

/* Decrypt raw if it has a password, and compare its checksum. */
static int
reveal(const char *path, uint8_t raw[RAW_LEN], sign_ask *ask, void *arg,
    struct err *e)
{
	static const uint8_t	 none[32];
	char			 password[SIGN_PASSWORD_MAX] = "";
	uint8_t			 stream[HIDDEN_LEN], want[32], pub[ED_KEY];
	int			 locked, i, rv = -1;

	locked = memcmp(raw + AT_KDF, "Sc", 2) == 0;
	if (!locked && memcmp(raw + AT_KDF, none, 2) != 0) {
		err_set(e, "%s: unknown way of encryption", path);
		return -1;
	}
	if (locked && (get64(raw + AT_OPS) > OPS_LIMIT ||
	    get64(raw + AT_MEM) > MEM_LIMIT)) {
		err_set(e, "%s: damaged, or made to keep machines busy: its "
		    "password would cost %llu operations over %llu MiB; "
		    "minisign's cost at most %u over %llu", path,
		    (unsigned long long)get64(raw + AT_OPS),
		    (unsigned long long)get64(raw + AT_MEM) >> 20, OPS_LIMIT,
		    MEM_LIMIT >> 20);
		return -1;
	}
	if (locked) {
		if (ask == NULL) {
			err_cannot(e, "%s: needs a password", path);
			return -1;
		}
		if (ask(arg, path, password, sizeof(password), e) == -1)
			goto out;
		if (stretch(password, raw + AT_SALT, get64(raw + AT_OPS),
		    get64(raw + AT_MEM), stream) == -1) {
			err_sys(e, "%s: scrypt over %llu MiB", path,
			    (unsigned long long)get64(raw + AT_MEM) >> 20);
			goto out;
		}
		for (i = 0; i < HIDDEN_LEN; i++)
			raw[AT_ID + i] ^= stream[i];
	}
	sum(raw, want);
	if (!locked && memcmp(raw + AT_SUM, none, sizeof(want)) == 0)
		memcpy(want, none, sizeof(want));
	if (CRYPTO_memcmp(want, raw + AT_SUM, sizeof(want)) != 0 ||
	    ed_public(raw + AT_SEED, pub) == -1 ||
	    memcmp(pub, raw + AT_PUBLIC, ED_KEY) != 0) {
		err_set(e, locked ? "%s: wrong password" :
		    "%s: damaged: the checksum is wrong", path);
		goto out;
	}
	rv = 0;
 out:
	OPENSSL_cleanse(password, sizeof(password));
	OPENSSL_cleanse(stream, sizeof(stream));
	return rv;
}

struct sign_key *
sign_key_load(const char *path, int any, sign_ask *ask, void *arg,
    struct err *e)
{
	struct sign_key	*k = NULL;
	uint8_t		 raw[RAW_LEN];
	char		*text;
	size_t		 len = 0;

	if ((text = secret_read(path, any, &len, e)) == NULL)
		return NULL;
	if (text_to_raw(path, text, len, raw, e) == 0 &&
	    reveal(path, raw, ask, arg, e) == 0) {
		if ((k = calloc(1, sizeof(*k))) == NULL)
			err_nomem(e);
		else {
			memcpy(k->id, raw + AT_ID, sizeof(k->id));
			memcpy(k->seed, raw + AT_SEED, ED_KEY);
			memcpy(k->public, raw + AT_PUBLIC, ED_KEY);
		}
	}
	OPENSSL_cleanse(raw, sizeof(raw));
	OPENSSL_cleanse(text, FILE_MAX);
	free(text);
	return k;
}

struct sign_key *
sign_key_new(struct err *e)
{
	struct sign_key	*k;

	if ((k = calloc(1, sizeof(*k))) == NULL) {
		err_nomem(e);
		return NULL;
	}
	if (RAND_bytes(k->id, sizeof(k->id)) != 1 ||
	    RAND_bytes(k->seed, sizeof(k->seed)) != 1 ||
	    ed_public(k->seed, k->public) == -1) {
		err_cannot(e, "libcrypto makes no key here");
		sign_key_free(k);
		return NULL;
	}
	return k;
}

void
sign_key_free(struct sign_key *k)
{
	if (k != NULL)
		OPENSSL_cleanse(k, sizeof(*k));
	free(k);
}

void
sign_key_public(const struct sign_key *k, struct pub_key *out)
{
	memcpy(out->id, k->id, sizeof(out->id));
	memcpy(out->key, k->public, sizeof(out->key));
}

/* Encrypt raw with a password, with as much memory as the machine gives. */
static int
hide(uint8_t raw[RAW_LEN], const char *password, uint64_t mem,
    struct err *e)
{
	uint8_t	 stream[HIDDEN_LEN];
	int	 i;

	memcpy(raw + AT_KDF, "Sc", 2);
	if (RAND_bytes(raw + AT_SALT, SALT_LEN) != 1) {
		err_cannot(e, "libcrypto has no random numbers");
		return -1;
	}
	for (;; mem /= 2) {
		put64(raw + AT_OPS, mem / 32);
		put64(raw + AT_MEM, mem);
		if (stretch(password, raw + AT_SALT, mem / 32, mem,
		    stream) == 0)
			break;
		if (errno == ENOSYS) {
			err_cannot(e, "this libcrypto has no scrypt: make a "
			    "key without password (-W)");
			return -1;
		}
		if (mem / 2 < SIGN_MEM_MIN) {
			err_cannot(e, "scrypt: not even %llu MiB of memory",
			    (unsigned long long)mem >> 20);
			return -1;
		}
	}
	for (i = 0; i < HIDDEN_LEN; i++)
		raw[AT_ID + i] ^= stream[i];
	OPENSSL_cleanse(stream, sizeof(stream));
	return 0;
}

/* Make a new file, whole or not at all; an existing one is never changed. */
static int
file_put(const char *path, mode_t mode, const char *text, size_t len,
    struct err *e)
{
	int	 fd;

	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	if (fd == -1) {
		if (errno == EEXIST)
			err_set(e, "%s: exists, and is left as it is", path);
		else
			err_sys(e, "%s", path);
		return -1;
	}
	if (file_write_all(fd, text, len) == -1 || fsync(fd) == -1) {
		err_sys(e, "%s", path);
		close(fd);
		unlink(path);
		return -1;
	}
	if (close(fd) == -1) {
		err_sys(e, "%s", path);
		unlink(path);
		return -1;
	}
	/*
	 * The user writes the key's string on paper, so the file must survive a
	 * power cut.
	 */
	if (file_sync_dir(path, e) == -1) {
		unlink(path);
		return -1;
	}
	return 0;
}

int
sign_key_save(const struct sign_key *k, const char *path,
    const char *password, uint64_t mem, struct err *e)
{
	uint8_t	 raw[RAW_LEN] = { 'E', 'd', 0, 0, 'B', '2' };
	char	 text[sizeof(COMMENT_SECRET) + TEXT_LEN + 1];
	size_t	 len = strlen(COMMENT_SECRET);
	int	 rv = -1;

	memcpy(raw + AT_ID, k->id, sizeof(k->id));
	memcpy(raw + AT_SEED, k->seed, ED_KEY);
	memcpy(raw + AT_PUBLIC, k->public, ED_KEY);
	if (password != NULL)
		sum(raw, raw + AT_SUM);
	memcpy(text, COMMENT_SECRET, len);
	if (password == NULL || hide(raw, password, mem, e) == 0) {
		b64_format(raw, RAW_LEN, text + len);
		text[len + TEXT_LEN] = '\n';
		rv = file_put(path, 0600, text, len + TEXT_LEN + 1, e);
	}
	OPENSSL_cleanse(raw, sizeof(raw));
	OPENSSL_cleanse(text, sizeof(text));
	return rv;
}

int
sign_public_save(const struct pub_key *k, const char *path, struct err *e)
{
	struct buf	 b = BUF_INIT;
	char		 id[17], key[KEY_STRING + 1];
	int		 rv = -1;

	key_id_format(k->id, id);
	key_format(k, key);
	buf_fmt(&b, "untrusted comment: minisign public key %s\n%s\n", id,
	    key);
	if (!buf_ok(&b))
		err_nomem(e);
	else
		rv = file_put(path, 0644, b.data, b.len, e);
	buf_free(&b);
	return rv;
}

int
sign_head(const struct sign_key *k, struct buf *b, struct err *e)
{
	if (seal_make(b, k->id, k->seed) == -1) {
		err_cannot(e, "signing failed: no memory, or libcrypto");
		return -1;
	}
	return 0;
}

int
sign_reserve(const char *key_path, struct pub_key *k, struct err *e)
{
	struct buf	 b = BUF_INIT;
	size_t		 len = strlen(key_path);
	int		 rv = -1;

	if (len > 4 && strcmp(key_path + len - 4, ".key") == 0)
		len -= 4;
	buf_add(&b, key_path, len);
	buf_str(&b, "-reserve.pub");
	if (!buf_ok(&b))
		err_nomem(e);
	else if (access(b.data, F_OK) == -1 && errno == ENOENT)
		rv = 0;
	else if (key_load(b.data, k, e) == 0)
		rv = 1;
	buf_free(&b);
	return rv;
}

void
sign_wipe(void *p, size_t n)
{
	OPENSSL_cleanse(p, n);
}
