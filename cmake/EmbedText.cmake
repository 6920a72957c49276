# Turns a text file into a C++ source with one constant string, so that a program carries the file
# within itself. Run as: cmake -DINPUT=FILE -DOUTPUT=FILE.cpp -DSYMBOL=name -P EmbedText.cmake
file(READ "${INPUT}" text)
file(WRITE "${OUTPUT}"
  "extern const char* const ${SYMBOL};\nconst char* const ${SYMBOL} = R\"embedded(${text})embedded\";\n")
