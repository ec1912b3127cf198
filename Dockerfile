# A static binary in an image without a shell: CA roots, time zones, no root.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=dev
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w -X main.Version=${VERSION}" -o /backstop ./cmd/backstop

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /backstop /app/backstop
# The release command replaces CMD, so there is no ENTRYPOINT.
EXPOSE 8080
CMD ["/app/backstop", "serve"]
